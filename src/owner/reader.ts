import type { Field } from '../batch/logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'
import type { Row } from '../engines/engine.ts'
import type { RowPage } from './owner-protocol.ts'

/** Read access to a warehouse, whoever owns its file. */
export interface Reader {
  /** Pages of a query's rows; the first comes even when there are none, for the columns' names. */
  query(sql: string, params?: readonly Scalar[]): AsyncIterable<RowPage>
  /** Names and types of what a query gives, without running it. */
  fields(sql: string): Promise<readonly Field[]>
  /** Stops the running query, which then fails. The reader may be of no further use. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

/** All rows of a small result, as objects. */
export async function readRows(
  reader: Reader,
  sql: string,
  params: readonly Scalar[] = [],
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const page of reader.query(sql, params)) {
    for (const values of page.rows) {
      rows.push(Object.fromEntries(page.columns.map((column, index) => [column, values[index] ?? null])))
    }
  }
  return rows
}
