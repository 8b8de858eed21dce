import type { Connection as Session } from 'mysql2'
import { z } from 'zod'
import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connection } from '../../project/project.ts'
import { heard } from '../tables/heard.ts'
import { requireWhole } from '../tables/require-whole.ts'
import type { TableClient, TextRow } from '../tables/table-client.ts'
import { refused, unreachable } from './mysql-error.ts'
import { openSession } from './open-session.ts'
import { RowCursor } from './row-cursor.ts'

const textRows = z.array(z.array(z.string().nullable()))

/**
 * One connection to a source, which reads and never writes. Values come as the source writes them, in UTC and UTF-8.
 * Errors are WW4201 (the connection), WW4203 (rights) and WW4202 (a statement).
 */
export class MysqlClient implements TableClient {
  readonly #session: Session
  readonly #connection: Connection
  #broken = false
  #cursor: RowCursor | undefined

  private constructor(session: Session, connection: Connection) {
    this.#session = session
    this.#connection = connection
    session.on('error', () => {
      this.#broken = true
    })
  }

  static async connect(connection: Connection): Promise<MysqlClient> {
    requireWhole(connection)
    const session = await openSession(connection).catch((error: unknown) => {
      throw unreachable(error, connection)
    })
    const client = new MysqlClient(session, connection)
    try {
      await client.#begin()
      return client
    } catch (error) {
      client.destroy()
      throw error
    }
  }

  /** Whether it can be asked nothing more. */
  get isBroken(): boolean {
    return this.#broken
  }

  /** Whether rows of a query are still to be read. */
  get isReading(): boolean {
    return this.#cursor !== undefined && !this.#cursor.isEnded
  }

  /** Rows of one statement; where it has parameters, of columns that are texts. */
  async rows(sql: string, params: readonly string[] = []): Promise<readonly TextRow[]> {
    const options = {
      sql,
      rowsAsArray: true,
      typeCast: (field: { string(encoding: string): string | null }) => field.string('utf8'),
    }
    const asked = new Promise<unknown>((resolve, reject) => {
      const done = (error: unknown, found: unknown): void => (error == null ? resolve(found) : reject(error))
      if (params.length === 0) this.#session.query(options, done)
      else this.#session.execute({ ...options, values: [...params] }, done)
    })
    try {
      const found = await this.#heard(asked)
      // Of a statement without rows the driver tells how it ended.
      return Array.isArray(found) ? textRows.parse(found) : []
    } catch (error) {
      throw this.#failed(error)
    }
  }

  async *batches(query: string, fields: readonly Field[]): AsyncGenerator<Batch> {
    const cursor = new RowCursor(this.#session, query, fields)
    this.#cursor = cursor
    try {
      for (;;) {
        const batch = await this.#heard(cursor.read())
        if (batch === undefined) return
        yield batch
      }
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Ends the session politely when it is idle, else at once. */
  async close(): Promise<void> {
    if (this.#broken || this.isReading) this.destroy()
    else await new Promise<void>((resolve) => this.#session.end(() => resolve()))
  }

  /** Ends the session at once: a running statement fails. */
  destroy(): void {
    this.#broken = true
    this.#session.destroy()
    this.#session.emit('error', new Error('the connection was given up'))
  }

  /** The session as everything here expects it, in one snapshot. */
  async #begin(): Promise<void> {
    const { statementTimeoutMs, lockTimeoutMs } = this.#connection
    const [version] = await this.rows('select version()')
    const limit = version?.[0]?.includes('MariaDB')
      ? `max_statement_time = ${statementTimeoutMs / 1000}`
      : `max_execution_time = ${statementTimeoutMs}`
    await this.rows(
      `set session sql_mode = 'NO_BACKSLASH_ESCAPES', time_zone = '+00:00', ${limit},
         lock_wait_timeout = ${Math.max(1, Math.ceil(lockTimeoutMs / 1000))},
         net_write_timeout = ${PATIENT_SECONDS}, wait_timeout = ${PATIENT_SECONDS}`,
    )
    await this.rows('set session transaction isolation level repeatable read')
    await this.rows('start transaction with consistent snapshot, read only')
  }

  #failed(error: unknown): WaterworksError {
    const failure = refused(error, this.#connection)
    if (failure.code === 'WW4201') this.#broken = true
    return failure
  }

  #heard<T>(answer: Promise<T>): Promise<T> {
    return heard(answer, this.#connection.statementTimeoutMs, () => this.destroy())
  }
}

/** How long the server waits for a load that takes its time; a day. */
const PATIENT_SECONDS = 86_400
