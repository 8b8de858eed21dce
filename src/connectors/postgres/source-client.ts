import type { Client, QueryArrayConfig } from 'pg'
import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { CopyDecoder } from '../../postgres-protocol/copy-decoder.ts'
import { CopyOut } from '../../postgres-protocol/copy-out.ts'
import { openClient } from '../../postgres-protocol/open-client.ts'
import type { Connection } from '../../project/project.ts'
import { heard } from '../tables/heard.ts'
import { requireWhole } from '../tables/require-whole.ts'
import type { TableClient, TextRow } from '../tables/table-client.ts'
import { refused, unreachable } from './source-error.ts'

/**
 * One connection to a source, which reads and never writes. Values come as the source writes them, in UTC and in the
 * styles set here. Errors are WW4201 (the connection) and WW4202 (a statement).
 */
export class SourceClient implements TableClient {
  readonly #client: Client
  readonly #connection: Connection
  #broken = false

  private constructor(client: Client, connection: Connection) {
    this.#client = client
    this.#connection = connection
    client.on('error', () => {
      this.#broken = true
    })
  }

  static async connect(connection: Connection): Promise<SourceClient> {
    requireWhole(connection)
    const client = await openClient(connection).catch((error: unknown) => {
      throw unreachable(error, connection)
    })
    const source = new SourceClient(client, connection)
    await source.rows(SETTINGS, [String(connection.statementTimeoutMs), String(connection.lockTimeoutMs)])
    return source
  }

  /** Whether the connection broke on its own. */
  get isBroken(): boolean {
    return this.#broken
  }

  /** Rows of one statement as texts. */
  async rows(sql: string, params: readonly string[] = []): Promise<TextRow[]> {
    const query: QueryArrayConfig<string[]> = {
      text: sql,
      values: [...params],
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    }
    try {
      const { rows } = await this.#heard(this.#client.query<(string | null)[]>(query))
      return rows
    } catch (error) {
      throw refused(error, this.#connection)
    }
  }

  /**
   * The rows of a query by binary COPY, as batches with the columns of `fields`, whose binary forms the query's are.
   * To be read to the end, or the client closed.
   */
  async *batches(query: string, fields: readonly Field[]): AsyncGenerator<Batch> {
    const decoder = new CopyDecoder(fields, 'collect')
    const copy = this.#client.query(new CopyOut(`copy (${query}) to stdout (format binary)`, decoder))
    try {
      for (;;) {
        const batch = await this.#heard(copy.read())
        if (batch === undefined) break
        yield batch
      }
    } catch (error) {
      throw refused(error, this.#connection)
    }
    const last = decoder.finish()
    if (last.rows > 0) yield last
  }

  #heard<T>(answer: Promise<T>): Promise<T> {
    return heard(answer, this.#connection.statementTimeoutMs, () => this.destroy())
  }

  /** Ends the session politely when it is idle; a running statement is left to the server, which notices. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined)
  }

  /** Ends the session at once: a running statement fails. */
  destroy(): void {
    this.#broken = true
    this.#client.connection.stream.destroy()
  }
}

const SETTINGS = `
  select set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
    set_config('idle_in_transaction_session_timeout', '0', false),
    set_config('default_transaction_read_only', 'on', false),
    set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
    set_config('IntervalStyle', 'postgres', false), set_config('bytea_output', 'hex', false),
    set_config('extra_float_digits', '1', false)`
