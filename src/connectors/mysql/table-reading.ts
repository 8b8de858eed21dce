import type { LogicalType } from '../../batch/logical-type.ts'
import type { TableReading } from '../tables/table-reading.ts'
import { quoteTable } from './mysql-sql.ts'
import type { MysqlTable } from './mysql-table.ts'
import { readingOf } from './source-type.ts'

/**
 * @param declared types that the pipeline states, by column
 * @param only the columns to read; all unless given
 */
export function tableReading(
  table: MysqlTable,
  declared: Readonly<Record<string, LogicalType>>,
  only?: readonly string[],
): TableReading {
  const columns = only === undefined ? table.columns : table.columns.filter(({ name }) => only.includes(name))
  const readings = columns.map((column) => ({
    name: column.name,
    ...readingOf(column, Object.hasOwn(declared, column.name) ? declared[column.name] : undefined),
  }))
  const list = readings.map(({ expression }) => expression).join(', ')
  return {
    fields: readings.map(({ name, type }) => ({ name, type })),
    landedAs: readings.map(({ name, landedAs }) => ({ name, type: landedAs })),
    query: (condition) =>
      `select ${list} from ${quoteTable(table)}${condition === undefined ? '' : ` where ${condition}`}`,
  }
}
