import { afterAll } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { PostgresEngine } from '../../src/engines/postgres/postgres-engine.ts'
import { checksContract } from '../contracts/checks-contract.ts'
import { sharedPostgres } from '../support/postgres-server.ts'

const server = await sharedPostgres()
afterAll(() => server.close())

checksContract('DuckDB', async () => new DuckDbEngine({ path: ':memory:' }))
checksContract(
  'Postgres',
  async () => new PostgresEngine({ ...server, database: await server.createDatabase() }),
)
