import { afterAll } from 'vitest'
import { PostgresEngine } from '../../../src/engines/postgres/postgres-engine.ts'
import { engineContract } from '../../contracts/engine-contract.ts'
import { sharedPostgres } from '../../support/postgres-server.ts'

const server = await sharedPostgres()
afterAll(() => server.close())

engineContract('Postgres', {
  async create() {
    const engine = new PostgresEngine({ ...server, database: await server.createDatabase() })
    return { engine, close: () => engine.close() }
  },
})
