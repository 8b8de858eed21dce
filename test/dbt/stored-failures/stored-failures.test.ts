import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogOf } from '../../../src/dbt/adapter/catalog.ts'
import { evidenceSql } from '../../../src/dbt/stored-failures/evidence-sql.ts'
import { storedAs } from '../../../src/dbt/stored-failures/stored-as.ts'
import { testEngines } from '../../support/engines.ts'

describe('what failures are kept as', () => {
  it.each([
    [{}, false, undefined],
    [{}, true, 'table'],
    [{ store_failures: null, store_failures_as: null }, true, 'table'],
    [{ store_failures: false }, true, undefined],
    [{ store_failures: true }, false, 'table'],
    [{ store_failures: false, store_failures_as: 'view' }, false, 'view'],
    [{ store_failures: true, store_failures_as: 'ephemeral' }, true, undefined],
  ] as const)('%j, flag %s: %s', (config, flag, as) => {
    expect(storedAs(config, flag)).toBe(as)
  })

  it('is one of three words', () => {
    expect(() => storedAs({ store_failures_as: 'csv' }, false)).toThrow('store_failures_as is "csv"')
  })
})

it('failures of a gate come back from their file with their types', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-failures-'))
  const { engine, close } = await testEngines['duckdb']!()
  const session = await engine.connect()
  try {
    const query = `select 1::smallint as id, 1.50::decimal(9, 2) as "an ""amount""", date '2020-01-01' as day,
      timestamptz '2020-01-01 00:00:00.000001+00' as at, null::text as name, [1, null] as xs, {'a': 'x'} as st`
    const columns = await catalogOf('duckdb').describe(session, query)
    const file = join(folder, "it's.ndjson")
    await session.exportRows(query, file)
    await session.execute(`create table kept as ${evidenceSql(file, columns, engine.dialect)}`)
    expect(await catalogOf('duckdb').describe(session, 'select * from kept')).toEqual(columns)
    expect(
      await session.rows(`select count(*) as n from (${query} intersect select * from kept) as t`),
    ).toEqual([{ n: 1 }])
  } finally {
    await session.close()
    await close()
    await rm(folder, { recursive: true })
  }
})
