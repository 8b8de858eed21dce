import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WarehouseConnection } from '../../../src/dbt/adapter/warehouse-connection.ts'
import { microsText } from '../../../src/dbt/artifacts/moment-text.ts'
import { hasFreshness, judgeFreshness } from '../../../src/dbt/freshness/judge-freshness.ts'
import { sourceFreshness } from '../../../src/dbt/freshness/source-freshness.ts'
import type { ManifestSource } from '../../../src/dbt/manifest/manifest-source.ts'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../../src/engines/engine.ts'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { sampleSource } from '../artifacts/sample-manifest.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session

beforeAll(async () => {
  session = await engine.connect()
  await session.execute("set timezone = 'America/New_York'")
  await session.execute(`create table items as
    select * from (values
      (1, timestamp '2020-01-01 00:00:00.250001', timestamptz '2020-01-01 02:00:00+02', date '2020-01-01'),
      (2, timestamp '2019-01-01', timestamptz '2019-01-01 00:00:00Z', date '2019-01-01')
    ) as t(id, loaded, zoned, on_day)`)
})

afterAll(async () => {
  await session.close()
  await engine.close()
})

const limit = (count: number, period: 'minute' | 'hour' | 'day') => ({ count, period })
const freshness = { warn_after: limit(1, 'day'), error_after: limit(400_000, 'day'), filter: null }

async function check(change: Partial<ManifestSource>) {
  const connection = new WarehouseConnection(session, {
    type: 'duckdb',
    database: 'memory',
    publishesAtOnce: true,
  })
  const ask = async (sql: string) => (await connection.execute(sql)).rows
  const source = sampleSource('items', { relation_name: 'items', freshness, ...change })
  return sourceFreshness(source, ask, async (text) => text.replace('{{ this }}', 'items'))
}

describe('the freshness of a source', () => {
  it('is told by the greatest value of a field; without a zone that is UTC', async () => {
    const { status, maxLoadedAt, snapshottedAt, age } = await check({ loaded_at_field: 'loaded' })
    expect(status).toBe('warn')
    expect(microsText(maxLoadedAt)).toBe('2020-01-01T00:00:00.250001Z')
    expect(Math.abs(snapshottedAt / 1000 - Date.now())).toBeLessThan(60_000)
    expect(age).toBe((snapshottedAt - maxLoadedAt) / 1e6)
  })

  it('heeds zones', async () => {
    expect(microsText((await check({ loaded_at_field: 'zoned' })).maxLoadedAt)).toBe(
      '2020-01-01T00:00:00.000000Z',
    )
  })

  it('counts only the rows of the filter', async () => {
    const found = await check({ loaded_at_field: 'loaded', freshness: { ...freshness, filter: 'id > 1' } })
    expect(microsText(found.maxLoadedAt)).toBe('2019-01-01T00:00:00.000000Z')
  })

  it('is told by a query, with templates in it, rather than by a field', async () => {
    const query = 'select max(loaded) from {{ this }} where id = 2;'
    const found = await check({ loaded_at_field: 'zoned', loaded_at_query: query })
    expect(microsText(found.maxLoadedAt)).toBe('2019-01-01T00:00:00.000000Z')
  })

  it('of a table without rows is infinitely bad', async () => {
    const found = await check({ loaded_at_field: 'loaded', freshness: { ...freshness, filter: 'false' } })
    expect(found).toMatchObject({ status: 'error', maxLoadedAt: Date.parse('0001-01-01T00:00:00Z') * 1000 })
  })

  it.each([
    [
      'a date is no timestamp',
      { loaded_at_field: 'on_day' },
      'WW5302 on_day of raw.items gives no timestamp',
    ],
    [
      'nor is what a query gives',
      { loaded_at_query: "select 'x'" },
      'WW5302 loaded_at_query of raw.items gives no timestamp',
    ],
    ['nothing says when it was loaded', {}, 'WW5301 nothing says when raw.items was loaded'],
  ] as const)('cannot be told when %s', async (_, change, message) => {
    const error = await check(change).catch((thrown: unknown) => thrown)
    expect(error instanceof WaterworksError && `${error.code} ${error.message}`).toBe(message)
  })
})

describe('judging an age', () => {
  it.each([
    [3600, 'pass'],
    [3600.001, 'warn'],
    [172_800, 'warn'],
    [172_800.001, 'error'],
  ] as const)('%d seconds: %s', (age, status) => {
    expect(
      judgeFreshness({ warn_after: limit(60, 'minute'), error_after: limit(2, 'day'), filter: null }, age),
    ).toBe(status)
  })

  it('needs a whole limit', () => {
    const half = { count: 1, period: null }
    expect(hasFreshness(null)).toBe(false)
    expect(hasFreshness({ warn_after: half, error_after: null, filter: null })).toBe(false)
    expect(judgeFreshness({ warn_after: half, error_after: null, filter: null }, 1e9)).toBe('pass')
    expect(hasFreshness({ warn_after: null, error_after: limit(0, 'hour'), filter: null })).toBe(true)
  })
})
