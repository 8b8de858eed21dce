import type { LogicalType } from '../../batch/logical-type.ts'
import type { TableReading } from '../tables/table-reading.ts'
import type { PostgresTable } from './postgres-table.ts'
import { quoteName, quoteTable } from './source-sql.ts'
import { type ColumnReading, readingOf } from './source-type.ts'

/**
 * @param declared types that the pipeline states, by column
 * @param only the columns to read; all unless given
 */
export function tableReading(
  table: PostgresTable,
  declared: Readonly<Record<string, LogicalType>>,
  only?: readonly string[],
): TableReading {
  const columns = only === undefined ? table.columns : table.columns.filter(({ name }) => only.includes(name))
  const readings = columns.map(({ name, typeId, typeModifier }): ColumnReading & { name: string } => ({
    name,
    ...readingOf(typeId, typeModifier, Object.hasOwn(declared, name) ? declared[name] : undefined),
  }))
  const list = readings.map(({ name, asText }) => `${quoteName(name)}${asText ? '::text' : ''}`).join(', ')
  return {
    fields: readings.map(({ name, type }) => ({ name, type })),
    landedAs: readings.map(({ name, landedAs }) => ({ name, type: landedAs })),
    query: (condition) =>
      `select ${list} from ${quoteTable(table)}${condition === undefined ? '' : ` where ${condition}`}`,
  }
}
