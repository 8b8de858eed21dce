import { afterAll, beforeAll } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { PostgresEngine } from '../../src/engines/postgres/postgres-engine.ts'
import { sharedPostgres } from './postgres-server.ts'

export interface TestEngine {
  readonly engine: Engine
  close(): Promise<void>
}

/** Every engine there is, each with an empty warehouse: what runs on engines is tested on all of them. */
export const testEngines: Readonly<Record<string, () => Promise<TestEngine>>> = {
  async duckdb() {
    const engine = new DuckDbEngine({ path: ':memory:' })
    return { engine, close: () => engine.close() }
  },
  async postgres() {
    const server = await sharedPostgres()
    const { host, port, user, password } = server
    const database = await server.createDatabase()
    const engine = new PostgresEngine({ host, port, user, password, database })
    return {
      engine,
      async close() {
        await engine.close()
        await server.close()
      },
    }
  },
}

/** An engine of the suite that asks for it, there from before its first test until after its last. */
export function suiteEngine(name: string): { readonly engine: Engine } {
  let test: TestEngine | undefined
  beforeAll(async () => {
    test = await testEngines[name]!()
  })
  afterAll(() => test?.close())
  return {
    get engine() {
      if (test === undefined) throw new Error(`${name} was asked for before its suite began`)
      return test.engine
    },
  }
}
