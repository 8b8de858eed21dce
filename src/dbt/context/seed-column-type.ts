import type { AgateTable } from '../agate/agate-table.ts'
import { DecimalValue } from '../python/decimal-value.ts'

/** The type a seed's column is created with, from what its values look like. */
export function seedColumnType(table: AgateTable, index: number): string {
  switch (table.columns[index]?.type) {
    case 'Integer':
      return 'integer'
    case 'Number':
      return table.rows.some((row) => isFraction(row[index])) ? 'float8' : 'integer'
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

/** Zeros behind the point make no fraction: a column of 1.0 and 2.0 holds whole numbers. */
function isFraction(value: unknown): boolean {
  return value instanceof DecimalValue && value.hasFraction()
}
