import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import { engineContract } from '../../contracts/engine-contract.ts'

engineContract('DuckDB', {
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
    const engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
    return {
      engine,
      async close() {
        await engine.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
})

it('leaves the checkpoint to a later time while somebody is in a transaction', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
  const engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
  const session = await engine.connect()
  await session.execute('create table t as select 1 as a')
  await session.transaction(async (transaction) => {
    await transaction.execute('insert into t values (2)')
    await engine.checkpoint()
  })
  expect(await session.rows('select count(*) as n from t')).toEqual([{ n: 2 }])
  await session.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})
