import type { LogicalType } from '../../batch/logical-type.ts'
import type { TablePattern } from '../../project/pipeline.ts'
import type { SourceMoment } from './source-moment.ts'
import type { SourceTable } from './source-table.ts'
import type { Ask, TableClient } from './table-client.ts'
import type { TableReading } from './table-reading.ts'

/** On what axis the values of a key lie, for lags and chunks. */
export type KeyAxis = 'whole' | 'number' | 'time' | 'date'

/** A column as an incremental key, in SQL of the source. */
export interface KeyTerms {
  readonly axis: KeyAxis
  /** The key of a row. */
  readonly name: string
  /** Holds for rows that lie nowhere on the axis, such as those with NULL; undefined when there can be none. */
  readonly keyless: string | undefined
  /** A text of the key as a value of its type. */
  value(text: string): string
  /**
   * A value of the key less some amount, cut off at the type's least.
   * @param amount microseconds on the axes of time, else a number; greater than 0
   */
  less(value: string, amount: number): string
}

/** A part of a table in a full read. */
export interface TableRange {
  /** None for all that there is. */
  readonly condition: string | undefined
  /** What tells the range from others of the same moment; `ranges` goes on behind it. */
  readonly end: string
}

/** A foreign key of one column. Tables are `schema.name`. */
export interface ForeignKey {
  readonly from: string
  readonly own: string
  readonly to: string
  readonly field: string
}

/** What a server tells of itself. */
export interface ServerFacts {
  readonly product: string
  readonly version: string
  /** How many more connections it takes. */
  readonly freeConnections: number
}

/**
 * What a kind of database says in its own way; the rest of reading tables is the same everywhere. Its SQL is to know
 * `greatest`, `least`, `floor`, `exists` and `row_number`.
 */
export interface TableDialect<Table extends SourceTable = SourceTable> {
  /** How many streams may be read at once at one moment. */
  readonly streamsAtOnce: number
  /** The moment that is now. */
  takeMoment(): Promise<SourceMoment>
  /** A connection of its own, in a read-only transaction. */
  connect(): Promise<TableClient>
  facts(client: TableClient): Promise<ServerFacts>
  /** Tables and views that the user may read, but those of the system, and partitions. */
  listTables(client: TableClient): Promise<readonly TablePattern[]>
  foreignKeys(client: TableClient): Promise<readonly ForeignKey[]>
  /** Throws WW4203 for a table that is not there, or may not be read. */
  readTable(client: TableClient, table: TablePattern): Promise<Table>
  /**
   * @param declared types that the pipeline states, by column
   * @param only the columns to read; all unless given
   */
  reading(
    table: Table,
    declared: Readonly<Record<string, LogicalType>>,
    only?: readonly string[],
  ): TableReading
  /**
   * Cuts a table into ranges of about `rows` rows each, disjoint and complete at one moment.
   * @param behind the end of the last range that is read already
   */
  ranges(table: Table, rows: number, behind: string | undefined, ask: Ask): AsyncIterable<TableRange>
  /** Undefined for a column whose values have no order that rows could be read by. */
  keyTerms(table: Table, column: Table['columns'][number]): KeyTerms | undefined
  /** How many rows meet a condition, as the source's planner guesses: nothing is read. */
  guessRows(client: TableClient, table: Table, condition: string | undefined): Promise<number>
  /** Makes sure that a table that was just read is the one of its moment. Throws WW4205. */
  checkUnchanged(client: TableClient, table: Table): Promise<void>
  /** Whether an error says that a table is not as it was at its moment. */
  saysChanged(error: unknown): boolean
  quoteTable(table: TablePattern): string
  /** A value's text as the source writes it, in SQL. */
  text(value: string): string
}
