import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
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

it('the first of a group is that row, also among rows that the transaction wrote itself', async () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  const session = await engine.connect()
  await session.execute('create table versions (k integer, v text, day integer)')
  await session.execute("insert into versions values (1, 'a', 1)")
  const latest = await session.transaction(async (transaction) => {
    await transaction.execute('insert into versions values (1, null, 2)')
    return transaction.rows(
      'select v from (select *, row_number() over (partition by k order by day desc) as n from versions) as t where n = 1',
    )
  })
  expect(latest).toEqual([{ v: null }])
  await session.close()
  await engine.close()
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

describe('what a target asks for besides its file', () => {
  it('is set on every connection, and other databases stand beside its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
    const beside = new DuckDbEngine({ path: join(folder, 'beside.duckdb') })
    const maker = await beside.connect()
    await maker.execute('create table t as select 7 as n')
    await maker.close()
    await beside.close()
    const engine = new DuckDbEngine({
      path: join(folder, 'warehouse.duckdb'),
      config: { default_null_order: 'nulls_first' },
      settings: { ieee_floating_point_ops: false, TimeZone: 'Europe/Paris' },
      attached: [{ path: join(folder, 'beside.duckdb'), alias: 'other', readOnly: true }],
    })
    for (const session of [await engine.connect(), await engine.connect()]) {
      expect(await session.rows('select n from other.t')).toEqual([{ n: 7 }])
      expect(await session.rows("select current_setting('TimeZone') as zone")).toEqual([
        { zone: 'Europe/Paris' },
      ])
      expect(await session.rows('select * from (values (1), (null)) as v(n) order by n')).toEqual([
        { n: null },
        { n: 1 },
      ])
      await expect(session.execute('create table other.u as select 1 as n')).rejects.toThrow(/read-only/)
      await session.close()
    }
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is refused by name where an extension cannot be loaded, and the file is free again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
    const path = join(folder, 'warehouse.duckdb')
    const engine = new DuckDbEngine({ path, extensions: ['json', 'no_such_extension'] })
    await expect(engine.connect()).rejects.toMatchObject({ code: 'WW3009' })
    await engine.close()
    const again = new DuckDbEngine({ path, extensions: ['json'] })
    await (await again.connect()).close()
    await again.close()
    await rm(folder, { recursive: true, force: true })
  })
})
