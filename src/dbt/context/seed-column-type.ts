import { textOf } from '../../jinja/values/text.ts'
import type { AgateTable } from '../agate/agate-table.ts'

/** The type a seed's column is created with, from what its values look like. */
export function seedColumnType(table: AgateTable, index: number): string {
  switch (table.columns[index]?.type) {
    case 'Integer':
      return 'integer'
    case 'Number':
      return table.rows.some((row) => textOf(row[index]).includes('.')) ? 'float8' : 'integer'
    case 'Boolean':
      return 'boolean'
    case 'Date':
      return 'date'
    case 'DateTime':
      return 'timestamp without time zone'
    default:
      return 'text'
  }
}
