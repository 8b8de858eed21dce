import type { Scalar } from '../../engines/dialect.ts'
import type { AgateColumn } from '../agate/agate-table.ts'

/** A relation as the warehouse has it. */
export interface CatalogRelation {
  readonly database: string
  readonly schema: string
  readonly identifier: string
  readonly type: 'table' | 'view' | 'materialized_view'
}

export interface CatalogColumn {
  readonly name: string
  /** The warehouse's own name for the type, as its catalogue writes it. */
  readonly dataType: string
  readonly characters?: number | undefined
  readonly precision?: number | undefined
  readonly scale?: number | undefined
}

/** What a statement gave. */
export interface StatementResult {
  readonly columns: readonly (AgateColumn & { readonly dataType: string })[]
  /** Values as templates have them: decimals and timestamps as host objects of theirs, see `fromWarehouse`. */
  readonly rows: readonly (readonly unknown[])[]
  /** Of a statement that changes rows. */
  readonly rowsAffected: number
  /** The statement's first words in capitals: `SELECT`, `CREATE TABLE`. */
  readonly code: string
}

export interface ExecuteOptions {
  /** At most so many rows of the result. */
  readonly limit?: number | undefined
  /** Values for the `%s` or `?` of a single statement. */
  readonly bindings?: readonly Scalar[] | undefined
  /** Begin a transaction where none is open and nothing else holds one, as dbt does unless told otherwise. */
  readonly autoBegin?: boolean
}

/** Part of a name, in the warehouse's own writing. */
export interface RelationPlace {
  readonly database?: string | null | undefined
  readonly schema?: string | null | undefined
  readonly identifier: string
}

/**
 * One connection to the warehouse as templates use it, from a node's first statement to its last. Everything goes through the
 * executor of the node's session, so that what a template writes is part of the transaction that gates it.
 */
export interface AdapterConnection {
  /** The database that relations are in unless they say otherwise. */
  readonly database: string
  readonly type: 'duckdb' | 'postgres'
  /** Whether a commit publishes at once (`publish: immediately`). */
  readonly publishesAtOnce: boolean
  /** Runs a text of one or more statements and gives the result of the last. */
  execute(sql: string, options?: ExecuteOptions): Promise<StatementResult>
  /** The columns of a query's result, without running it. */
  describe(sql: string): Promise<readonly CatalogColumn[]>
  begin(): Promise<void>
  /** Commits, unless the node is gated: then the commit comes after its checks, and this only ends a statement. */
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Tables and views of a schema, as this connection sees them now; none when there is no such schema. */
  relations(database: string, schema: string): Promise<readonly CatalogRelation[]>
  /** A relation's columns in order; none when it does not exist. */
  columns(relation: RelationPlace): Promise<readonly CatalogColumn[]>
  schemas(database: string): Promise<readonly string[]>
  /** Forgets what is known of relations: something else than this connection's own statements changed them. */
  forget(): void
}
