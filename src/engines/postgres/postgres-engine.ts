import type { Client } from 'pg'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { openClient } from '../../postgres-protocol/open-client.ts'
import { connectionError, sqlStateOf, statementError } from '../../postgres-protocol/postgres-error.ts'
import { splitStatements } from '../../sql/split-statements.ts'
import { statementKind } from '../../sql/statement-kind.ts'
import type { Engine, EngineCapabilities, Session, StatementKind } from '../engine.ts'
import { PostgresConnection } from './postgres-connection.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { PostgresSession } from './postgres-session.ts'

export interface PostgresOptions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  /** Has the server refuse whatever writes. */
  readonly readOnly?: boolean
}

const CONNECT_TIMEOUT_MS = 10_000
/** The first with pg_input_is_valid. */
const OLDEST_SERVER = 160_000

/** Unique or duplicate names: what the losers of a race to create a schema may be told. */
const ALREADY_THERE: ReadonlySet<string | undefined> = new Set(['23505', '42P06'])

/**
 * The styles in which values are read and written; search_path and the rest stay as the server has them. UTC, for
 * time is UTC inside the platform.
 */
const SESSION_SETTINGS = `
  select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false),
    set_config('IntervalStyle', 'postgres', false), set_config('bytea_output', 'hex', false),
    set_config('extra_float_digits', '1', false)`

/** A PostgreSQL server, version 16 or newer. The client library is loaded at the first connection. */
export class PostgresEngine implements Engine {
  readonly dialect = postgresDialect
  readonly capabilities: EngineCapabilities = Object.freeze({
    transactionalDdl: true,
    scansFiles: false,
    sharedAccess: true,
    caseSensitiveNames: true,
    longestName: 63,
  })
  readonly #options: PostgresOptions
  readonly #sessions = new Set<Session>()

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  async connect(): Promise<Session> {
    const client = await this.#open()
    try {
      await client.query(SESSION_SETTINGS)
      if (this.#options.readOnly) await client.query('set default_transaction_read_only = on')
      const { rows } = await client.query<{ pid: unknown; version: unknown; shown: unknown }>(
        `select pg_backend_pid() as pid, current_setting('server_version_num')::int as version,
                current_setting('server_version') as shown`,
      )
      const [server] = rows
      if (Number(server?.version) < OLDEST_SERVER) {
        throw new WaterworksError('WW3005', {
          message: `the Postgres server at ${this.#options.host}:${this.#options.port} has version ${server?.shown}`,
        })
      }
      const connection = new PostgresConnection(client, Number(server?.pid), (pid) => this.#cancel(pid))
      const session = new PostgresSession(connection, () => this.#sessions.delete(session))
      this.#sessions.add(session)
      return session
    } catch (error) {
      await client.end().catch(() => undefined)
      throw statementError(error)
    }
  }

  async prepareTarget(schemas: readonly string[]): Promise<void> {
    const session = await this.connect()
    try {
      // Looked up first, for CREATE SCHEMA IF NOT EXISTS wants the right to create even when there is nothing to do.
      const existing = await session.rows('select nspname::text as name from pg_catalog.pg_namespace')
      const names = new Set(existing.map((row) => row['name']))
      for (const schema of schemas) if (!names.has(schema)) await createSchema(session, schema)
    } finally {
      await session.close()
    }
  }

  /** The server sees to its log itself. */
  async checkpoint(): Promise<void> {}

  /** By the statements' keywords: the server's parser cannot be asked without running them. */
  async classify(sql: string): Promise<readonly StatementKind[]> {
    return splitStatements(sql).map(statementKind)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()))
  }

  async #open(): Promise<Client> {
    const given = {
      applicationName: 'waterworks',
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      ssl: 'disable',
    } as const
    try {
      return await openClient({ ...this.#options, ...given })
    } catch (error) {
      throw connectionError(error, this.#options)
    }
  }

  async #cancel(processId: number): Promise<void> {
    const client = await this.#open()
    try {
      await client.query('select pg_cancel_backend($1)', [processId])
    } catch (error) {
      throw statementError(error)
    } finally {
      await client.end()
    }
  }
}

async function createSchema(session: Session, schema: string): Promise<void> {
  try {
    await session.execute(`create schema if not exists ${postgresDialect.identifier(schema)}`)
  } catch (error) {
    if (!ALREADY_THERE.has(sqlStateOf(error))) throw error
  }
}
