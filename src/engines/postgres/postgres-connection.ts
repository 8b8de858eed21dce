import type { Client, QueryArrayConfig, QueryArrayResult, QueryConfig, QueryResult, Submittable } from 'pg'
import { statementError } from '../../postgres-protocol/postgres-error.ts'
import type { Scalar } from '../dialect.ts'
import type { Row } from '../engine.ts'
import { type ColumnDescription, DescribeStatement } from './describe-statement.ts'
import { rowValueParser } from './row-values.ts'

export interface StatementResult {
  /** The first word of the command tag: `INSERT`, `SELECT`, `ROLLBACK`. */
  readonly command: string
  /** Rows returned or changed, as the command tag counts them. */
  readonly count: number
  readonly rows: readonly Row[]
}

export interface ArrayResult extends Omit<StatementResult, 'rows'> {
  readonly fields: readonly ColumnDescription[]
  readonly rows: readonly (readonly Scalar[])[]
}

type QueryWithMode = QueryConfig<(string | null)[]> & { readonly queryMode: 'extended' }

/**
 * One client of the server. The protocol runs one statement at a time, so work queues; every statement goes through
 * the extended protocol, which takes parameters apart from the text and refuses a text of several statements.
 */
export class PostgresConnection {
  readonly #client: Client
  readonly #interrupt: (processId: number) => Promise<void>
  readonly #processId: number
  #tail: Promise<unknown> = Promise.resolve()

  constructor(client: Client, processId: number, interrupt: (processId: number) => Promise<void>) {
    this.#client = client
    this.#processId = processId
    this.#interrupt = interrupt
  }

  get inTransaction(): boolean {
    return this.#client.getTransactionStatus() !== 'I'
  }

  /** Waits for the connection and keeps it until the function returned is called. */
  async enter(): Promise<() => void> {
    const before = this.#tail
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#tail = promise
    await before
    return resolve
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter()
    try {
      return await work()
    } catch (error) {
      throw statementError(error)
    } finally {
      leave()
    }
  }

  /** Runs a statement; only while holding the connection. */
  async run(sql: string, params: readonly Scalar[] = []): Promise<StatementResult> {
    const query: QueryWithMode = {
      text: sql,
      values: textValues(params),
      types: { getTypeParser: rowValueParser },
      queryMode: 'extended',
    }
    const result: QueryResult<Row> = await this.#client.query(query)
    return { command: result.command ?? '', count: result.rowCount ?? 0, rows: result.rows }
  }

  /** As run, with the columns in order and each row an array; only while holding the connection. */
  async runForArrays(sql: string): Promise<ArrayResult> {
    const query: QueryArrayConfig & { readonly queryMode: 'extended' } = {
      text: sql,
      values: [],
      types: { getTypeParser: rowValueParser },
      rowMode: 'array',
      queryMode: 'extended',
    }
    const result: QueryArrayResult<Scalar[]> = await this.#client.query(query)
    const { command, rowCount, rows, fields } = result
    return { command: command ?? '', count: rowCount ?? 0, rows, fields }
  }

  /** Columns of a statement's output, without running it; only while holding the connection. */
  describe(sql: string): Promise<readonly ColumnDescription[]> {
    return this.#client.query(new DescribeStatement(sql)).columns
  }

  /** Starts what talks the protocol itself; only while holding the connection. */
  submit<T extends Submittable>(statement: T): T {
    return this.#client.query(statement)
  }

  /** Has the server cancel what this connection runs, if anything. */
  interrupt(): Promise<void> {
    return this.#interrupt(this.#processId)
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

/** Parameters in the text form the protocol takes them in; the server reads them by the types it infers. */
export function textValues(params: readonly Scalar[]): (string | null)[] {
  return params.map((value) => (value === null ? null : String(value)))
}
