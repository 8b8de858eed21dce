/** A relation as the warehouse has it. */
export interface CatalogRelation {
  readonly database: string
  readonly schema: string
  readonly identifier: string
  readonly type: 'table' | 'view'
}

export interface CatalogColumn {
  readonly name: string
  /** The warehouse's own name for the type, as its catalogue writes it. */
  readonly dataType: string
}

/** What a statement gave. */
export interface StatementResult {
  readonly columns: readonly CatalogColumn[]
  /** Values as templates have them: decimals and timestamps as host objects of theirs, see `fromWarehouse`. */
  readonly rows: readonly (readonly unknown[])[]
  /** Of a statement that changes rows. */
  readonly rowsAffected: number
  /** The statement's first words in capitals: `SELECT`, `CREATE TABLE`. */
  readonly code: string
}

/**
 * One connection to the warehouse as templates use it, from a node's first statement to its last. Everything goes through the
 * executor of the node's session, so that what a template writes is part of the transaction that gates it.
 */
export interface AdapterConnection {
  /** The database that relations are in unless they say otherwise. */
  readonly database: string
  readonly type: 'duckdb' | 'postgres'
  /** Runs a text of one or more statements and gives the result of the last. */
  execute(
    sql: string,
    options?: { readonly fetch?: boolean; readonly limit?: number },
  ): Promise<StatementResult>
  begin(): Promise<void>
  /** Commits, unless the node is gated: then the commit comes after its checks, and this only ends a statement. */
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Whether a commit publishes at once (`publish: immediately`). */
  readonly publishesAtOnce: boolean
  /** Tables and views of a schema, as this connection sees them now; none when there is no such schema. */
  relations(database: string, schema: string): Promise<readonly CatalogRelation[]>
  /** A relation's columns in order; none when it does not exist. */
  columns(relation: {
    readonly database?: string | undefined
    readonly schema?: string | undefined
    readonly identifier: string
  }): Promise<readonly CatalogColumn[]>
  schemas(database: string): Promise<readonly string[]>
}
