import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { quoteName, quoteTable } from './source-sql.ts'
import type { SourceTable } from './source-table.ts'
import { type ColumnReading, readingOf } from './source-type.ts'

/** How the rows of a table are asked for, and what they are. */
export interface TableReading {
  /** What the columns are to be read as. */
  readonly fields: readonly Field[]
  /** What they are in the batches. */
  readonly landedAs: readonly Field[]
  /** The query of the rows that meet a condition. */
  query(condition: string | undefined): string
}

/** @param declared types that the pipeline states, by column */
export function tableReading(
  table: SourceTable,
  declared: Readonly<Record<string, LogicalType>>,
): TableReading {
  const readings = table.columns.map(({ name, typeId, typeModifier }): ColumnReading & { name: string } => ({
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
