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

it('leaves the checkpoint to a later time while somebody reads what is being replaced', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
  const engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
  const [reader, writer] = [await engine.connect(), await engine.connect()]
  await writer.execute('create table t as select 1 as a')
  await reader.transaction(async (transaction) => {
    expect(await transaction.rows('select a from t')).toEqual([{ a: 1 }])
    await writer.execute('update t set a = 2')
    await engine.checkpoint()
    expect(await transaction.rows('select a from t')).toEqual([{ a: 1 }])
  })
  expect(await reader.rows('select a from t')).toEqual([{ a: 2 }])
  for (const session of [reader, writer]) await session.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})
