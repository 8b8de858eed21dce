import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Session } from '../../../src/engines/engine.ts'
import { append } from '../../../src/run/load/append.ts'
import type { Applied } from '../../../src/run/load/counts.ts'
import { merge } from '../../../src/run/load/merge.ts'
import { partitionSwap } from '../../../src/run/load/partition-swap.ts'
import type { Strategy } from '../../../src/run/load/strategy.ts'
import { truncateReload } from '../../../src/run/load/truncate-reload.ts'
import { suiteEngine, testEngines } from '../../support/engines.ts'

/** A row of the model: key k (never null where keys matter), partition p, value v. */
interface ModelRow {
  readonly k: number
  readonly p: number | null
  readonly v: string | null
}

const row = fc.record({
  k: fc.integer({ min: 0, max: 8 }),
  p: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
  v: fc.option(fc.constantFrom('a', 'b', ''), { nil: null }),
})
const rows = fc.array(row, { maxLength: 12 })
const uniqueRows = fc.uniqueArray(row, { selector: (each) => each.k, maxLength: 9 })

/** Keys alone. */
const by = (...keys: readonly string[]) => ({ keys, latestBy: undefined, deletedWhen: undefined })

const target = { schema: 'strategies', name: 'target' }

describe.each(Object.keys(testEngines))('load strategies on %s', (name) => {
  const test = suiteEngine(name)
  let engine: Engine
  let session: Session

  beforeAll(async () => {
    engine = test.engine
    await engine.prepareTarget(['strategies'])
    session = await engine.connect()
  })

  afterAll(() => session.close())

  function values(list: readonly ModelRow[]): string {
    const { literal } = engine.dialect
    const tuples = list.map(({ k, p, v }) => `(${literal(k)}, ${literal(p)}, ${literal(v)})`)
    const none = 'select cast(null as integer), cast(null as integer), cast(null as varchar) where false'
    const text = tuples.length === 0 ? none : `values ${tuples.join(', ')}`
    return `select cast(k as integer) as k, cast(p as integer) as p, cast(v as varchar) as v from (${text}) as t (k, p, v)`
  }

  async function apply(strategy: Strategy, before: readonly ModelRow[], arriving: readonly ModelRow[]) {
    const { dialect } = engine
    const table = dialect.relation(target)
    await session.execute(`drop table if exists ${table}`)
    await session.execute(`create table ${table} (k integer, p integer, v varchar, _run_id integer)`)
    await session.execute(`insert into ${table} select *, 1 from (${values(before)}) as b`)
    const applied = await strategy({
      executor: session,
      dialect,
      target,
      select: values(arriving),
      columns: ['k', 'p', 'v'],
      stamps: [{ column: '_run_id', expression: '2' }],
    })
    const after = await session.rows(`select k, p, v, _run_id as run from ${table}`)
    return { applied, after }
  }

  function same(actual: readonly unknown[], expected: readonly unknown[]): void {
    const order = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).toSorted()
    expect(order(actual)).toEqual(order(expected))
  }

  const plain = (list: readonly ModelRow[], run: number) => list.map(({ k, p, v }) => ({ k, p, v, run }))

  function balances(applied: Applied, before: number, after: number): void {
    expect(after - before).toBe(applied.physicalInserts - applied.physicalDeletes)
  }

  it('appends every row', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, arriving) => {
        const { applied, after } = await apply(append, before, arriving)
        same(after, [...plain(before, 1), ...plain(arriving, 2)])
        expect(applied.inserted).toBe(arriving.length)
        balances(applied, before.length, after.length)
      }),
      { numRuns: 25 },
    )
  })

  it('reloads the whole table', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, arriving) => {
        const { applied, after } = await apply(truncateReload, before, arriving)
        same(after, plain(arriving, 2))
        expect(applied.physicalDeletes).toBe(before.length)
        balances(applied, before.length, after.length)
      }),
      { numRuns: 25 },
    )
  })

  it('swaps the partitions that arrive, NULL among them, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, arriving) => {
        const { applied, after } = await apply(partitionSwap('p'), before, arriving)
        const arrived = new Set(arriving.map((each) => each.p))
        const kept = before.filter((each) => !arrived.has(each.p))
        same(after, [...plain(kept, 1), ...plain(arriving, 2)])
        expect(applied.physicalDeletes).toBe(before.length - kept.length)
        balances(applied, before.length, after.length)
      }),
      { numRuns: 40 },
    )
  })

  it('merges by key: updates what differs, leaves what is equal, inserts what is new', async () => {
    await fc.assert(
      fc.asyncProperty(uniqueRows, uniqueRows, async (before, arriving) => {
        const { applied, after } = await apply(merge(by('k')), before, arriving)
        const old = new Map(before.map((each) => [each.k, each]))
        const fresh = new Map(arriving.map((each) => [each.k, each]))
        const equal = arriving.filter(({ k, p, v }) => old.get(k)?.p === p && old.get(k)?.v === v)
        const changed = arriving.filter((each) => old.has(each.k) && !equal.includes(each))
        const inserted = arriving.filter((each) => !old.has(each.k))
        const untouched = before.filter((each) => !fresh.has(each.k) || equal.some(({ k }) => k === each.k))
        same(after, [...plain(untouched, 1), ...plain([...changed, ...inserted], 2)])
        expect(applied).toMatchObject({
          inserted: inserted.length,
          updated: changed.length,
          unchanged: equal.length,
        })
        balances(applied, before.length, after.length)
      }),
      { numRuns: 40 },
    )
  })

  it('merges twice with the same result', async () => {
    await fc.assert(
      fc.asyncProperty(uniqueRows, async (arriving) => {
        const { applied, after } = await apply(
          merge(by('k', 'p')),
          [],
          arriving.filter((each) => each.p !== null),
        )
        const again = await apply(
          merge(by('k', 'p')),
          after.map(({ k, p, v }) => ({ k: Number(k), p: Number(p), v: v === null ? null : String(v) })),
          arriving.filter((each) => each.p !== null),
        )
        expect(again.applied).toMatchObject({ inserted: 0, updated: 0, unchanged: applied.inserted })
      }),
      { numRuns: 15 },
    )
  })
})
