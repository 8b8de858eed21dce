import type { Connection, Submittable } from 'pg'
import type { ColumnDescription } from './describe-statement.ts'

/** Values of a row in their text form. */
export type TextRow = readonly (string | null)[]

/**
 * Reads a statement with parameters through a portal, some rows at a time: the server goes on only when asked
 * (Bind, Execute with a row limit, PortalSuspended: "Extended Query" in PostgreSQL's protocol).
 */
export class PortalReader implements Submittable {
  readonly #sql: string
  readonly #values: (string | null)[]
  readonly #rowsPerFetch: number
  readonly #done = Promise.withResolvers<void>()
  #connection: Connection | undefined
  #columns: readonly ColumnDescription[] = []
  #rows: TextRow[] = []
  #waiting = Promise.withResolvers<void>()
  #finished = false

  constructor(sql: string, values: (string | null)[], rowsPerFetch: number) {
    this.#sql = sql
    this.#values = values
    this.#rowsPerFetch = rowsPerFetch
    this.#done.promise.catch(() => undefined)
  }

  /** Known from the first fetch on. */
  get columns(): readonly ColumnDescription[] {
    return this.#columns
  }

  /** The next rows; undefined after the last. */
  async fetch(): Promise<readonly TextRow[] | undefined> {
    await this.#waiting.promise
    const rows = this.#rows
    if (this.#finished) {
      this.#rows = []
      await this.#done.promise
      return rows.length > 0 ? rows : undefined
    }
    this.#rows = []
    this.#waiting = Promise.withResolvers()
    this.#execute()
    return rows
  }

  /** Ends the statement, wherever it is; the connection is free again afterwards. */
  async close(): Promise<void> {
    if (!this.#finished) {
      await this.#waiting.promise.catch(() => undefined)
      if (!this.#finished) this.#connection?.sync()
      this.#finished = true
    }
    await this.#done.promise.catch(() => undefined)
  }

  submit(connection: Connection): void {
    this.#connection = connection
    connection.parse({ name: '', text: this.#sql, types: [] }, true)
    connection.bind({ values: this.#values }, true)
    connection.describe({ type: 'P', name: '' }, true)
    this.#execute()
  }

  handleRowDescription(message: { readonly fields: readonly ColumnDescription[] }): void {
    this.#columns = message.fields
  }

  handleDataRow(message: { readonly fields: TextRow }): void {
    this.#rows.push(message.fields)
  }

  handlePortalSuspended(): void {
    this.#waiting.resolve()
  }

  handleCommandComplete(): void {
    this.#end()
  }

  handleEmptyQuery(): void {
    this.#end()
  }

  handleError(error: Error): void {
    this.#finished = true
    this.#connection?.sync()
    this.#waiting.promise.catch(() => undefined)
    this.#waiting.reject(error)
    this.#done.reject(error)
  }

  handleReadyForQuery(): void {
    this.#done.resolve()
  }

  #execute(): void {
    // The row limit is typed as text in @types/pg and written as a number.
    this.#connection?.execute({ portal: '', rows: String(this.#rowsPerFetch) }, true)
    this.#connection?.flush()
  }

  #end(): void {
    this.#finished = true
    this.#connection?.sync()
    this.#waiting.resolve()
  }
}
