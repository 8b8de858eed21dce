import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { Connection } from '../../src/project/project.ts'
import { type PostgresServer, sharedPostgres } from './postgres-server.ts'

/** A database to read from, and a hand in it. */
export interface PostgresSource {
  readonly connection: Connection
  /** Runs statements, each in a transaction of its own unless they say otherwise. */
  run(...statements: readonly string[]): Promise<void>
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Another session, for transactions that stay open. */
  session(): Promise<pg.Client>
  close(): Promise<void>
}

/** A new, empty database of the test server. */
export async function postgresSource(
  given: Partial<Connection> = {},
  running?: PostgresServer,
): Promise<PostgresSource> {
  const server = running ?? (await sharedPostgres())
  const { host, port, user, password } = server
  const database = await server.createDatabase()
  const clients: pg.Client[] = []
  const session = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host, port, user, password, database })
    client.on('error', () => undefined)
    await client.connect()
    clients.push(client)
    return client
  }
  const hand = await session()
  return {
    connection: {
      type: 'postgres',
      name: 'shop_db',
      host,
      port,
      user,
      password,
      database,
      ssl: 'disable',
      maxConnections: 4,
      statementTimeoutMs: 60_000,
      lockTimeoutMs: 10_000,
      connectTimeoutMs: 10_000,
      applicationName: 'waterworks',
      lacks: [],
      ...given,
    },
    async run(...statements) {
      for (const statement of statements) await hand.query(statement)
    },
    rows: async (sql) => (await hand.query<Record<string, unknown>>(sql)).rows,
    session,
    async close() {
      for (const client of clients) await client.end().catch(() => undefined)
      await server.close()
    },
  }
}

/** A database of the suite that asks for it, begun with `statements` before its first test. */
export function suiteSource(...statements: readonly string[]): Omit<PostgresSource, 'close'> {
  let source: PostgresSource
  beforeAll(async () => {
    source = await postgresSource()
    await source.run(...statements)
  })
  afterAll(() => source.close())
  return {
    get connection() {
      return source.connection
    },
    run: (...more) => source.run(...more),
    rows: (sql) => source.rows(sql),
    session: () => source.session(),
  }
}
