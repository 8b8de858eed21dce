import type { Connection, Submittable } from 'pg'

/** A column of a statement's output, as the protocol's RowDescription has it. */
export interface ColumnDescription {
  readonly name: string
  readonly dataTypeID: number
  readonly dataTypeModifier: number
}

/**
 * Asks the server for the columns of a statement without running it (Parse, Describe, Sync: "Extended Query" in
 * PostgreSQL's protocol). Handed to `client.query`, which calls the handlers.
 */
export class DescribeStatement implements Submittable {
  readonly columns: Promise<readonly ColumnDescription[]>
  readonly #outcome = Promise.withResolvers<readonly ColumnDescription[]>()
  readonly #sql: string
  #columns: readonly ColumnDescription[] = []

  constructor(sql: string) {
    this.#sql = sql
    this.columns = this.#outcome.promise
  }

  submit(connection: Connection): void {
    connection.parse({ name: '', text: this.#sql, types: [] }, true)
    connection.describe({ type: 'S', name: '' }, true)
    connection.sync()
  }

  handleRowDescription(message: { readonly fields: readonly ColumnDescription[] }): void {
    this.#columns = message.fields
  }

  handleError(error: Error): void {
    this.#outcome.reject(error)
  }

  handleReadyForQuery(): void {
    this.#outcome.resolve(this.#columns)
  }
}
