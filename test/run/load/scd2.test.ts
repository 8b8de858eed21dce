import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Session } from '../../../src/engines/engine.ts'
import { endVersions } from '../../../src/run/load/end-versions.ts'
import type { HistoryColumns } from '../../../src/run/load/history-columns.ts'
import { scd2 } from '../../../src/run/load/scd2.ts'
import { suiteEngine, testEngines } from '../../support/engines.ts'

/** What a source says of a key: since a day (of January 2026), in a timestamp, its value. */
interface Said {
  readonly k: number
  readonly day: number
  readonly v: string | null
}

interface Version extends Said {
  /** The day on which the next begins; undefined for ever. */
  readonly until: number | undefined
}

const said = fc.record({
  k: fc.integer({ min: 0, max: 3 }),
  day: fc.integer({ min: 1, max: 6 }),
  v: fc.option(fc.constantFrom('a', 'b', ''), { nil: null }),
})
/** Loads one after another; in each, one row per key and day. */
const loads = fc.array(fc.uniqueArray(said, { selector: ({ k, day }) => `${k} ${day}`, maxLength: 6 }), {
  maxLength: 4,
})
/** Loads of one row per key. */
const states = fc.array(fc.uniqueArray(said, { selector: ({ k }) => k, maxLength: 4 }), { maxLength: 5 })

/** Loads, and keys found to be gone from the source in between, by their number. */
const gone = fc.record({ gone: fc.integer({ min: 0, max: 3 }) })
const lives = <T>(load: fc.Arbitrary<readonly T[]>) =>
  fc.array(fc.oneof({ weight: 2, arbitrary: load }, { weight: 1, arbitrary: gone }), { maxLength: 6 })

const target = { schema: 'history', name: 'customers' }
const names = { validFrom: 'valid_from', validTo: 'valid_to', isCurrent: 'is_current' }

describe.each(Object.keys(testEngines))('scd2 on %s', (name) => {
  const test = suiteEngine(name)
  let engine: Engine
  let session: Session

  beforeAll(async () => {
    engine = test.engine
    await engine.prepareTarget(['history'])
    session = await engine.connect()
  })

  afterAll(() => session.close())

  function history(kind: 'timestamp' | 'timestamptz', effectiveAt: string | undefined): HistoryColumns {
    return {
      effectiveAt,
      validFrom: { name: names.validFrom, type: { kind } },
      validTo: { name: names.validTo, type: { kind } },
      isCurrent: { name: names.isCurrent, type: { kind: 'boolean' } },
    }
  }

  async function begin(columns: HistoryColumns): Promise<void> {
    const { typeName, relation } = engine.dialect
    await session.execute(`drop table if exists ${relation(target)}`)
    const type = typeName(columns.validFrom.type)
    const own =
      columns.effectiveAt === undefined ? 'k integer, v varchar' : 'k integer, v varchar, since timestamp'
    await session.execute(
      `create table ${relation(target)} (${own}, valid_from ${type}, valid_to ${type}, is_current boolean, _run_id integer)`,
    )
  }

  async function load(rows: readonly Said[], run: number, columns: HistoryColumns) {
    const { literal, relation } = engine.dialect
    const tuples = rows.map(({ k, v, day }) => `(${literal(k)}, ${literal(v)}, ${literal(stamp(day))})`)
    const none = 'select cast(null as integer), cast(null as varchar), cast(null as varchar) where false'
    const from = tuples.length === 0 ? none : `values ${tuples.join(', ')}`
    const since = columns.effectiveAt === undefined ? '' : ', cast(since as timestamp) as since'
    const before = await total()
    const applied = await scd2(
      ['k'],
      columns,
      midnight(run),
    )({
      executor: session,
      dialect: engine.dialect,
      target,
      select: `select cast(k as integer) as k, cast(v as varchar) as v${since} from (${from}) as t (k, v, since)`,
      columns: columns.effectiveAt === undefined ? ['k', 'v'] : ['k', 'v', 'since'],
      stamps: [{ column: '_run_id', expression: String(run) }],
    })
    expect(applied.inserted + applied.updated + applied.unchanged).toBe(rows.length)
    expect((await total()) - before).toBe(applied.physicalInserts)
    return applied

    async function total(): Promise<number> {
      const [row] = await session.rows(`select count(*) as n from ${relation(target)}`)
      return Number(row?.['n'])
    }
  }

  async function end(k: number, run: number, columns: HistoryColumns): Promise<number> {
    const { dialect } = engine
    const stamps = [{ column: '_run_id', expression: String(run) }]
    return endVersions({ executor: session, dialect, target, stamps }, columns, `t.k = ${k}`, midnight(run))
  }

  async function versions(): Promise<readonly Version[]> {
    const rows = await session.rows(
      `select k, v, valid_from, valid_to, is_current from ${engine.dialect.relation(target)} order by k, valid_from`,
    )
    return rows.map((row) => {
      const until = String(row['valid_to']).startsWith('9999-12-31T00:00:00')
        ? undefined
        : day(row['valid_to'])
      expect(row['is_current']).toBe(until === undefined)
      return { k: Number(row['k']), day: day(row['valid_from']), v: row['v'] as string | null, until }
    })
  }

  it('has a version per moment that arrived, in whatever order they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(loads, async (arriving) => {
        const columns = history('timestamp', 'since')
        await begin(columns)
        const known = new Map<string, Said>()
        for (const [run, rows] of arriving.entries()) {
          const applied = await load(rows, run + 1, columns)
          const before = new Map(known)
          const isKnown = ({ k }: Said) => [...before.values()].some((each) => each.k === k)
          expect(applied.inserted).toBe(rows.filter((row) => !isKnown(row)).length)
          expect(applied.unchanged).toBe(
            rows.filter((row) => before.get(at(row)) && before.get(at(row))?.v === row.v).length,
          )
          for (const row of rows) known.set(at(row), row)
          expect(await versions()).toEqual(connected([...known.values()]))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('without a moment of its own, a row is a version when it differs from the current one', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (arriving) => {
        const columns = history('timestamptz', undefined)
        await begin(columns)
        const kept: Said[] = []
        for (const [index, rows] of arriving.entries()) {
          const run = index + 1
          const current = (k: number) => kept.findLast((each) => each.k === k)
          const equal = rows.filter(({ k, v }) => current(k) && current(k)?.v === v)
          const fresh = rows.filter(({ k }) => !current(k))
          const applied = await load(rows, run, columns)
          expect(applied).toMatchObject({ unchanged: equal.length, inserted: fresh.length })
          kept.push(...rows.filter((row) => !equal.includes(row)).map(({ k, v }) => ({ k, v, day: run })))
          expect(await versions()).toEqual(connected(kept))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('what ended stays ended, and a key that comes back begins anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        lives(fc.uniqueArray(said, { selector: ({ k }) => k, maxLength: 4 })),
        async (life) => {
          const columns = history('timestamptz', undefined)
          await begin(columns)
          const kept: { k: number; v: string | null; day: number; until: number | undefined }[] = []
          const current = (k: number) => kept.find((each) => each.k === k && each.until === undefined)
          const close = (k: number, run: number) => {
            const open = current(k)
            if (open) open.until = run
            return open === undefined ? 0 : 1
          }
          for (const [index, happened] of life.entries()) {
            const run = index + 1
            if ('gone' in happened) {
              expect(await end(happened.gone, run, columns)).toBe(close(happened.gone, run))
            } else {
              await load(happened, run, columns)
              for (const { k, v } of happened.filter((row) => current(row.k)?.v !== row.v)) {
                close(k, run)
                kept.push({ k, v, day: run, until: undefined })
              }
            }
            expect(await versions()).toEqual(kept.toSorted((a, b) => a.k - b.k || a.day - b.day))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('late versions take their places beside those that ended', async () => {
    await fc.assert(
      fc.asyncProperty(
        lives(fc.uniqueArray(said, { selector: ({ k, day }) => `${k} ${day}`, maxLength: 6 })),
        async (life) => {
          const columns = history('timestamp', 'since')
          await begin(columns)
          const known = new Map<string, Said & { readonly ended?: number }>()
          const expected = () =>
            connected([...known.values()]).map((version) => {
              const { ended } = known.get(at(version))!
              const until = Math.min(version.until ?? Infinity, ended ?? Infinity)
              return { ...version, until: Number.isFinite(until) ? until : undefined }
            })
          for (const [index, happened] of life.entries()) {
            const run = index + 1
            if ('gone' in happened) {
              const open = expected().find(({ k, until }) => k === happened.gone && until === undefined)
              expect(await end(happened.gone, run, columns)).toBe(open === undefined ? 0 : 1)
              if (open) known.set(at(open), { ...known.get(at(open))!, ended: Math.max(open.day, run) })
            } else {
              await load(happened, run, columns)
              for (const row of happened) known.set(at(row), row)
            }
            expect(await versions()).toEqual(expected())
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('two loads at one moment correct the version of that moment', async () => {
    const columns = history('timestamptz', undefined)
    await begin(columns)
    await load([{ k: 1, day: 0, v: 'a' }], 1, columns)
    await load([{ k: 1, day: 0, v: 'b' }], 2, columns)
    expect(await load([{ k: 1, day: 0, v: 'c' }], 2, columns)).toMatchObject({
      updated: 1,
      physicalInserts: 0,
    })
    expect(await versions()).toEqual([
      { k: 1, day: 1, v: 'a', until: 2 },
      { k: 1, day: 2, v: 'c', until: undefined },
    ])
  })
})

const at = ({ k, day }: Pick<Said, 'k' | 'day'>) => `${k} ${day}`

function connected(all: readonly Said[]): readonly Version[] {
  const sorted = all.toSorted((a, b) => a.k - b.k || a.day - b.day)
  return sorted.map(({ k, day, v }, index) => {
    const next = sorted[index + 1]
    return { k, day, v, until: next?.k === k ? next.day : undefined }
  })
}

function stamp(day: number): string {
  return `2026-01-${String(day).padStart(2, '0')} 00:00:00`
}

/** Midnight of a day, as runs have it. */
function midnight(day: number): string {
  return `${stamp(day).replace(' ', 'T')}.000Z`
}

function day(value: unknown): number {
  return Number(String(value).slice(8, 10))
}
