import type { Batch } from '../batch/batch.ts'
import type { Field } from '../batch/logical-type.ts'
import type { StatementKind } from '../sql/statement-kind.ts'
import type { Dialect, Scalar } from './dialect.ts'
import type { Relation, RelationKind } from './relation.ts'

export interface EngineCapabilities {
  /** CREATE, DROP and ALTER take part in transactions, so publishing is the commit. */
  readonly transactionalDdl: boolean
  /** The engine's SQL can read landed files itself (`read_parquet` and its kin). */
  readonly scansFiles: boolean
  /** Other processes may connect while this one does. */
  readonly sharedAccess: boolean
  /** A table may have columns whose names differ only in letter case. */
  readonly caseSensitiveNames: boolean
  /** Bytes of UTF-8 after which names are cut; undefined where they never are. */
  readonly longestName: number | undefined
}

export type { StatementKind }

export interface RelationInfo {
  readonly relation: Relation
  readonly kind: RelationKind
  readonly fields: readonly Field[]
}

export type Row = Readonly<Record<string, Scalar>>

/** A column of a statement's result, with the engine's own name for its type. */
export interface OutcomeColumn extends Field {
  readonly typeName: string
}

/** What a statement gave. */
export interface Outcome {
  readonly columns: readonly OutcomeColumn[]
  /** Values by the conventions of `Executor.rows`, in the order of the columns. */
  readonly rows: readonly (readonly Scalar[])[]
  /** Of a statement that changes rows; 0 for others. */
  readonly changed: number
}

/** What can run SQL: a session, or a transaction on one. Statements on one executor run one after another. */
export interface Executor {
  /**
   * Rows of a query, for small results. Whole numbers beyond 2^53 come as bigint, decimals as text,
   * dates and timestamps as ISO 8601 text (UTC with Z when zoned), json as text, bytes as \x hex text.
   */
  rows(sql: string, params?: readonly Scalar[]): Promise<Row[]>
  /** Rows of a query as columnar batches, streamed: memory stays flat and a slow reader slows the query. */
  batches(sql: string, params?: readonly Scalar[]): AsyncIterable<Batch>
  /** Runs one statement; returns how many rows it changed (0 for DDL). */
  execute(sql: string, params?: readonly Scalar[]): Promise<number>
  /**
   * Runs a text of one or more statements, one after another, and gives what the last gave; at most `limit` rows of it
   * when there is one. Columns may share a name. A text without a statement gives nothing.
   */
  run(sql: string, limit?: number): Promise<Outcome>
  /** Names and types of a query's output, without running it. */
  describe(sql: string): Promise<readonly Field[]>
  /** The relation as it is now, or undefined. */
  inspect(relation: Relation): Promise<RelationInfo | undefined>
  /** Appends batches to an existing table, by column name and in bulk; returns the number of rows written. */
  load(table: Relation, batches: AsyncIterable<Batch>): Promise<number>
  /** Makes `relation` a table with the rows of `select`, replacing a table or view of that name; returns its rows. */
  replaceTable(relation: Relation, select: string): Promise<number>
  /** Makes `relation` a view over `select`, replacing a table or view of that name. */
  replaceView(relation: Relation, select: string): Promise<void>
  /** Writes a query's rows to a new NDJSON file; returns their number. Survives a rollback of the transaction. */
  exportRows(select: string, path: string): Promise<number>
  /** Runs `work`; in a transaction, where the engine can, statements refused in it leave the transaction usable. */
  tentatively<T>(work: () => Promise<T>): Promise<T>
}

/** One connection. Sessions are independent of one another; each holds at most one transaction. */
export interface Session extends Executor {
  /** Runs `work` in a transaction: commits when it returns, rolls back when it throws. */
  transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T>
  /** Stops the running statement, which then fails; safe to call at any time. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

/**
 * A warehouse. Errors of the server come as WaterworksError WW3001 with the engine's message; connections that
 * cannot be made as WW3002 or WW3003.
 */
export interface Engine {
  readonly dialect: Dialect
  readonly capabilities: EngineCapabilities
  connect(): Promise<Session>
  /** Creates the schemas that do not exist yet, each on its own and safe to repeat or race. */
  prepareTarget(schemas: readonly string[]): Promise<void>
  /** Housekeeping for when nothing runs: an engine with a write-ahead log of its own folds it in. */
  checkpoint(): Promise<void>
  /** The kind of each statement in a text. Throws WW3001 when it does not parse (where the engine can tell). */
  classify(sql: string): Promise<readonly StatementKind[]>
  close(): Promise<void>
}
