import pg from 'pg'
import { afterAll, beforeAll, test } from 'vitest'
import { postgresDialect } from '../../src/engines/postgres/postgres-dialect.ts'
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.ts'
import { expectChecksToAgree } from './checks-agree.ts'

let server: PostgresServer
let client: pg.Client

beforeAll(async () => {
  server = await sharedPostgres()
  client = new pg.Client({ ...server, database: await server.createDatabase() })
  await client.connect()
  await client.query("set timezone = 'UTC'")
})

afterAll(async () => {
  await client.end()
  await server.close()
})

test('checks on Postgres agree with a plain model over random tables and rules', async () => {
  await expectChecksToAgree(
    postgresDialect,
    (sql) => client.query(sql),
    async (sql) => (await client.query(sql)).rows,
    150,
  )
})
