import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Field } from '../../../src/batch/logical-type.ts'
import type { Engine, Session } from '../../../src/engines/engine.ts'
import type { Relation } from '../../../src/engines/relation.ts'
import type { Applied } from '../../../src/run/load/counts.ts'
import { CURRENT } from '../../../src/run/load/current-rows.ts'
import type { HistoryColumns } from '../../../src/run/load/history-columns.ts'
import { deleteInsert, insertOnly, merge } from '../../../src/run/load/merge.ts'
import { scd3 } from '../../../src/run/load/scd3.ts'
import { historyTable, scd4 } from '../../../src/run/load/scd4.ts'
import { scd6 } from '../../../src/run/load/scd6.ts'
import { softDelete } from '../../../src/run/load/soft-delete.ts'
import type { Strategy } from '../../../src/run/load/strategy.ts'
import { suiteEngine, testEngines } from '../../support/engines.ts'

/** What a source says of a key: since a day, its value, and whether it was deleted. */
interface Said {
  readonly k: number
  readonly day: number
  readonly v: string | null
  readonly gone: boolean
}

type Row = Readonly<Record<string, unknown>>

const said = fc.record({
  k: fc.integer({ min: 0, max: 3 }),
  day: fc.integer({ min: 1, max: 7 }),
  v: fc.option(fc.constantFrom('a', 'b', ''), { nil: null }),
  gone: fc.boolean(),
})
const atOnce = (selector: (row: Said) => unknown) =>
  fc.array(fc.uniqueArray(said, { selector, maxLength: 6 }), { maxLength: 5 })
/** Loads of one row a key, and of one row a key and day. */
const ofKeys = atOnce(({ k }) => k)
const ofMoments = atOnce(({ k, day }) => `${k} ${day}`)

const target = { schema: 'keyed', name: 'customers' }
const day: Field['type'] = { kind: 'int32' }
const history: HistoryColumns = {
  effectiveAt: 'day',
  validFrom: { name: 'valid_from', type: { kind: 'date' } },
  validTo: { name: 'valid_to', type: { kind: 'date' } },
  isCurrent: { name: 'is_current', type: { kind: 'boolean' } },
}

describe.each(Object.keys(testEngines))('strategies by key on %s', (name) => {
  const test = suiteEngine(name)
  let engine: Engine
  let session: Session

  beforeAll(async () => {
    engine = test.engine
    await engine.prepareTarget(['keyed'])
    session = await engine.connect()
  })

  afterAll(() => session.close())

  async function begin(relation: Relation, further: readonly Field[], moment = day): Promise<void> {
    const { typeName, relation: full, identifier } = engine.dialect
    const columns = further.map((field) => `, ${identifier(field.name)} ${typeName(field.type)}`)
    await session.execute(`drop table if exists ${full(relation)}`)
    await session.execute(
      `create table ${full(relation)} (k integer, day ${typeName(moment)}, v varchar, gone boolean${columns.join('')}, run integer)`,
    )
  }

  async function rows(columns: string, relation: Relation = target): Promise<readonly Row[]> {
    return session.rows(`select ${columns} from ${engine.dialect.relation(relation)} order by k`)
  }

  /** Loads rows, and sees that every one of them and of the table's is accounted for. */
  async function load(strategy: Strategy, arriving: readonly Said[], run: number): Promise<Applied> {
    const { dialect } = engine
    const { literal } = dialect
    const moment = (n: number) => (dated ? `date '2026-01-0${n}'` : literal(n))
    const tuples = arriving.map(
      (row) => `(${literal(row.k)}, ${moment(row.day)}, ${literal(row.v)}, ${literal(row.gone)})`,
    )
    const none = `select 0, ${moment(1)}, cast(null as varchar), false where false`
    const from = tuples.length === 0 ? none : `values ${tuples.join(', ')}`
    const before = (await rows('k')).length
    const applied = await session.transaction((transaction) =>
      strategy({
        executor: transaction,
        dialect,
        target,
        select: `select cast(k as integer) as k, cast(day as ${dialect.typeName(dated ? { kind: 'date' } : day)}) as day, cast(v as varchar) as v, cast(gone as boolean) as gone from (${from}) as t (k, day, v, gone)`,
        columns: ['k', 'day', 'v', 'gone'],
        stamps: [{ column: 'run', expression: String(run) }],
      }),
    )
    await session.execute(`drop table if exists ${CURRENT}`)
    const { inserted, updated, unchanged, deleted, outdated, missing } = applied
    expect(inserted + updated + unchanged + deleted + outdated).toBe(arriving.length + missing)
    expect((await rows('k')).length - before).toBe(applied.physicalInserts - applied.physicalDeletes)
    return applied
  }
  let dated = false

  const options = { keys: ['k'], latestBy: 'day', deletedWhen: 'gone' }

  it('merge takes the latest of each key in whatever order they come, and deletes what is gone', async () => {
    await fc.assert(
      fc.asyncProperty(ofKeys, async (loads) => {
        await begin(target, [])
        const known = new Map<number, Said>()
        for (const [run, arriving] of loads.entries()) {
          const applied = await load(merge(options), arriving, run)
          const late = arriving.filter((row) => (known.get(row.k)?.day ?? 0) > row.day)
          expect(applied.outdated).toBe(late.length)
          for (const row of arriving.filter((each) => !late.includes(each))) {
            if (row.gone) known.delete(row.k)
            else known.set(row.k, row)
          }
          expect(await rows('k, day, v, gone')).toEqual([...known.values()].toSorted((a, b) => a.k - b.k))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('insert-only leaves what is there, delete-insert replaces whole keys', async () => {
    await fc.assert(
      fc.asyncProperty(ofKeys, fc.array(said, { maxLength: 6 }), async ([first = []], second) => {
        await begin(target, [])
        await load(insertOnly(['k']), first, 1)
        const once = [...new Map(second.map((row) => [row.k, row])).values()]
        const kept = await load(insertOnly(['k']), once, 2)
        const there = new Set(first.map((row) => row.k))
        const fresh = once.filter((row) => !there.has(row.k))
        expect(kept).toMatchObject({ inserted: fresh.length, unchanged: once.length - fresh.length })
        const all = [...first, ...fresh]
        expect(await rows('k, day, v, gone')).toEqual(all.toSorted((a, b) => a.k - b.k))
        await load(deleteInsert(['k']), second, 3)
        const replaced = new Set(second.map((row) => row.k))
        const expected = [...all.filter((row) => !replaced.has(row.k)), ...second]
        const order = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).toSorted()
        expect(order(await rows('k, day, v, gone'))).toEqual(order(expected))
      }),
      { numRuns: 25 },
    )
  })

  it.each([true, false])('soft-delete marks, and unmarks what comes back (whole: %s)', async (whole) => {
    const mark: Field = { name: '_deleted_at', type: { kind: 'timestamptz' } }
    await fc.assert(
      fc.asyncProperty(ofKeys, async (loads) => {
        await begin(target, [mark])
        const known = new Map<number, Said & { readonly markedAt: number | undefined }>()
        for (const [index, arriving] of loads.entries()) {
          const run = index + 1
          const now = `2026-01-0${run}T00:00:00.000Z`
          const before = new Map(known)
          const { missing } = await load(softDelete(options, whole, now), arriving, run)
          for (const row of arriving) {
            const there = known.get(row.k)
            if ((there?.day ?? 0) > row.day) continue
            known.set(row.k, { ...row, markedAt: row.gone ? (there?.markedAt ?? run) : undefined })
          }
          const absent = [...before.values()].filter(({ k }) => !arriving.some((row) => row.k === k))
          const left = whole ? absent.filter(({ markedAt }) => markedAt === undefined) : []
          for (const row of left) known.set(row.k, { ...row, markedAt: run })
          expect(missing).toBe(left.length)
          const found = await rows('k, day, v, gone, _deleted_at')
          expect(
            found.map(({ _deleted_at: at, ...row }) => ({
              ...row,
              markedAt: at === null ? undefined : Number(String(at).slice(8, 10)),
            })),
          ).toEqual([...known.values()].toSorted((a, b) => a.k - b.k))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('scd3 has the latest row and what came before, in whatever order rows come', async () => {
    const kept: readonly Field[] = [
      { name: 'previous_v', type: { kind: 'text' } },
      { name: 'previous_v_at', type: day },
    ]
    const strategy = scd3({ keys: ['k'], tracked: ['v'], effectiveAt: 'day', now: '2026-01-01T00:00:00Z' })
    await fc.assert(
      fc.asyncProperty(uniqueMoments(), async (loads) => {
        await begin(target, kept)
        const known: Said[] = []
        for (const [run, arriving] of loads.entries()) {
          await load(strategy, arriving, run)
          known.push(...arriving)
          expect(await rows('k, day, v, gone, previous_v, previous_v_at')).toEqual(heads(known))
        }
        const again = await load(strategy, known, 9)
        expect(again).toMatchObject({ inserted: 0, updated: 0, unchanged: known.length })
      }),
      { numRuns: 40 },
    )
  })

  it('scd3 without moments goes by the loads', async () => {
    const kept: readonly Field[] = [
      { name: 'previous_v', type: { kind: 'text' } },
      { name: 'previous_v_at', type: { kind: 'timestamptz' } },
    ]
    await fc.assert(
      fc.asyncProperty(ofKeys, async (loads) => {
        await begin(target, kept)
        const known = new Map<number, Said & { previous: string | null; at: number | undefined }>()
        for (const [index, arriving] of loads.entries()) {
          const run = index + 1
          const now = `2026-01-0${run}T00:00:00.000Z`
          await load(scd3({ keys: ['k'], tracked: ['v'], effectiveAt: undefined, now }), arriving, run)
          for (const row of arriving) {
            const there = known.get(row.k)
            const same = there === undefined || there.v === row.v
            known.set(row.k, {
              ...row,
              previous: same ? (there?.previous ?? null) : there.v,
              at: same ? there?.at : run,
            })
          }
          const found = await rows('k, day, v, gone, previous_v as previous, previous_v_at as at')
          expect(
            found.map((row) => ({
              ...row,
              at: row['at'] === null ? undefined : Number(String(row['at']).slice(8, 10)),
            })),
          ).toEqual([...known.values()].toSorted((a, b) => a.k - b.k))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('scd4 has the current rows, and their versions beside them', async () => {
    const validity = [history.validFrom, history.validTo, history.isCurrent]
    dated = true
    await fc.assert(
      fc.asyncProperty(ofMoments, async (loads) => {
        await begin(target, [], { kind: 'date' })
        await begin(historyTable(target), validity, { kind: 'date' })
        const known = new Map<string, Said>()
        for (const [run, arriving] of loads.entries()) {
          await load(scd4(['k'], history, '2026-01-01T00:00:00Z'), arriving, run)
          for (const row of arriving) known.set(`${row.k} ${row.day}`, row)
          const latest = lastOf([...known.values()])
          expect(await rows('k, v, gone')).toEqual(latest.map(({ k, v, gone }) => ({ k, v, gone })))
          const versions = await rows('k, v, is_current', historyTable(target))
          expect(versions.length).toBe(known.size)
          expect(versions.filter((row) => row['is_current']).map(({ k, v }) => ({ k, v }))).toEqual(
            latest.map(({ k, v }) => ({ k, v })),
          )
        }
      }),
      { numRuns: 25 },
    )
    dated = false
  })

  it('scd6 has the latest value in every version', async () => {
    const validity = [history.validFrom, history.validTo, history.isCurrent]
    dated = true
    await fc.assert(
      fc.asyncProperty(ofMoments, async (loads) => {
        await begin(target, [...validity, { name: 'current_v', type: { kind: 'text' } }], { kind: 'date' })
        const known = new Map<string, Said>()
        for (const [run, arriving] of loads.entries()) {
          await load(scd6(['k'], ['v'], history, '2026-01-01T00:00:00Z'), arriving, run)
          for (const row of arriving) known.set(`${row.k} ${row.day}`, row)
          const latest = new Map(lastOf([...known.values()]).map(({ k, v }) => [k, v]))
          const expected = [...known.values()]
            .toSorted((a, b) => a.k - b.k || a.day - b.day)
            .map(({ k, v }) => ({ k, v, current_v: latest.get(k) }))
          const { relation } = engine.dialect
          expect(
            await session.rows(`select k, v, current_v from ${relation(target)} order by k, valid_from`),
          ).toEqual(expected)
        }
      }),
      { numRuns: 25 },
    )
    dated = false
  })
})

/** Rows of which each has a key and day of its own, cut into loads in any order. */
function uniqueMoments(): fc.Arbitrary<readonly (readonly Said[])[]> {
  return fc
    .uniqueArray(said, { selector: ({ k, day }) => `${k} ${day}`, maxLength: 12 })
    .chain((all) =>
      fc
        .array(fc.nat(3), { minLength: all.length, maxLength: all.length })
        .map((loads) => [0, 1, 2, 3].map((load) => all.filter((_, index) => loads[index] === load))),
    )
}

function lastOf(known: readonly Said[]): readonly Said[] {
  const sorted = known.toSorted((a, b) => a.k - b.k || a.day - b.day)
  return sorted.filter((row, index) => sorted[index + 1]?.k !== row.k)
}

function heads(known: readonly Said[]): readonly Row[] {
  return lastOf(known).map((row) => {
    const before = known.filter(({ k, v }) => k === row.k && v !== row.v).toSorted((a, b) => b.day - a.day)[0]
    return { ...row, previous_v: before?.v ?? null, previous_v_at: before?.day ?? null }
  })
}
