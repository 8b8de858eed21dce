import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'

export type TextRow = readonly (string | null)[]

/**
 * One connection to a source of tables, which reads and never writes. Errors are WW4201 (the connection) and WW4202 (a
 * statement).
 */
export interface TableClient {
  /** Rows of one statement as texts, as the source writes them. */
  rows(sql: string, params?: readonly string[]): Promise<readonly TextRow[]>
  /** The rows of a query as batches with the columns of `fields`. To be read to the end, or the client closed. */
  batches(query: string, fields: readonly Field[]): AsyncGenerator<Batch>
  /** Ends the session politely when it is idle. */
  close(): Promise<void>
}

/** Asks the source something, again where a connection broke and another can answer. */
export type Ask = <T>(question: (client: TableClient) => Promise<T>) => Promise<T>
