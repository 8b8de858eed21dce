import fc from 'fast-check'
import { expect } from 'vitest'
import type { Dialect } from '../../src/engines/dialect.ts'
import type { Row } from '../../src/engines/engine.ts'
import { type Inclusive, isWithin } from '../../src/quality/bounds.ts'
import type { Check, CheckRule } from '../../src/quality/check.ts'
import { checkName } from '../../src/quality/check-name.ts'
import type { CheckTarget } from '../../src/quality/check-target.ts'
import { failingRows } from '../../src/quality/failing-rows.ts'
import type { Metric } from '../../src/quality/metrics/metric.ts'
import { rowCondition } from '../../src/quality/row-condition.ts'
import { judgeChecks } from './judge-checks.ts'

/** A row of the random table; `id` tells rows apart. */
interface Sample {
  readonly id: number
  readonly n: number | null
  readonly s: string | null
  readonly t: string | null
}

const NOW = '2026-03-01T12:00:00.000Z'
const words = ['a', 'b', 'ab', "it's", '', 'B', 'a\\b', 'ä🌊']
const word = fc.constantFrom(...words)
const number = fc.integer({ min: -3, max: 6 })
const hoursOld = fc.integer({ min: -2, max: 60 })

const table = fc
  .array(
    fc.record({
      n: fc.option(number),
      s: fc.option(word),
      t: fc.option(hoursOld.map((hours) => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString())),
    }),
    { maxLength: 25 },
  )
  .map((rows): readonly Sample[] => rows.map((row, id) => ({ id, ...row })))

/** SQL conditions with their meaning: true, false or, for SQL's NULL, undefined. */
const conditions: readonly { readonly sql: string; readonly holds: (row: Sample) => boolean | undefined }[] =
  [
    { sql: 'n > 0', holds: (row) => (row.n === null ? undefined : row.n > 0) },
    { sql: "s <> 'a' -- not the first letter", holds: (row) => (row.s === null ? undefined : row.s !== 'a') },
    {
      sql: 'n > 1 or s is null',
      holds: (row) => row.s === null || (row.n === null ? undefined : row.n > 1),
    },
  ]

/** What a list of numbers comes to. */
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const mean = (values: readonly number[]) => (values.length === 0 ? null : total(values) / values.length)
const power = (values: readonly number[], exponent: number) => {
  const middle = mean(values) ?? 0
  return mean(values.map((value) => (value - middle) ** exponent)) ?? 0
}
const quantile = (values: readonly number[], at: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below === undefined || above === undefined ? null : below + (above - below) * (place % 1)
}
const occurrences = (values: readonly unknown[]) =>
  [...Map.groupBy(values, (value) => value).values()].map((group) => group.length)
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

type Measure = (rows: readonly Sample[], n: readonly number[], s: readonly string[]) => number | null

/** Metrics with their meaning for rows, the numbers in `n` and the texts in `s`. */
const measures: Readonly<Record<string, { readonly metric: Metric; readonly measure: Measure }>> = {
  row_count: { metric: { metric: 'row_count' }, measure: (rows) => rows.length },
  value_count: { metric: { metric: 'value_count', column: 'n' }, measure: (_, n) => n.length },
  null_count: { metric: { metric: 'null_count', column: 'n' }, measure: (rows, n) => rows.length - n.length },
  null_share: {
    metric: { metric: 'null_share', column: 'n' },
    measure: (rows, n) => share(rows.length - n.length, rows.length),
  },
  distinct_count: {
    metric: { metric: 'distinct_count', column: 's' },
    measure: (_, __, s) => new Set(s).size,
  },
  distinct_share: {
    metric: { metric: 'distinct_share', column: 'n' },
    measure: (_, n) => share(new Set(n).size, n.length),
  },
  unique_count: {
    metric: { metric: 'unique_count', column: 'n' },
    measure: (_, n) => occurrences(n).filter((count) => count === 1).length,
  },
  top_share: {
    metric: { metric: 'top_share', column: 's' },
    measure: (_, __, s) => share(Math.max(0, ...occurrences(s)), s.length),
  },
  min: {
    metric: { metric: 'min', column: 'n' },
    measure: (_, n) => (n.length === 0 ? null : Math.min(...n)),
  },
  max: {
    metric: { metric: 'max', column: 'n' },
    measure: (_, n) => (n.length === 0 ? null : Math.max(...n)),
  },
  sum: { metric: { metric: 'sum', column: 'n' }, measure: (_, n) => (n.length === 0 ? null : total(n)) },
  mean: { metric: { metric: 'mean', column: 'n' }, measure: (_, n) => mean(n) },
  median: { metric: { metric: 'median', column: 'n' }, measure: (_, n) => quantile(n, 0.5) },
  quantile: {
    metric: { metric: 'quantile', column: 'n', at: 0.25 },
    measure: (_, n) => quantile(n, 0.25),
  },
  stddev: {
    metric: { metric: 'stddev', column: 'n' },
    measure: (_, n) => (n.length < 2 ? null : Math.sqrt((power(n, 2) * n.length) / (n.length - 1))),
  },
  skewness: {
    metric: { metric: 'skewness', column: 'n' },
    measure: (_, n) => (power(n, 2) === 0 ? null : power(n, 3) / power(n, 2) ** 1.5),
  },
  min_length: {
    metric: { metric: 'min_length', column: 's' },
    measure: (_, __, s) => (s.length === 0 ? null : Math.min(...s.map((text) => [...text].length))),
  },
  max_length: {
    metric: { metric: 'max_length', column: 's' },
    measure: (_, __, s) => (s.length === 0 ? null : Math.max(...s.map((text) => [...text].length))),
  },
  mean_length: {
    metric: { metric: 'mean_length', column: 's' },
    measure: (_, __, s) => mean(s.map((text) => [...text].length)),
  },
  failing_count: {
    metric: { metric: 'failing_count', rule: { rule: 'is_null', column: 'n' } },
    measure: (_, n) => n.length,
  },
  failing_share: {
    metric: { metric: 'failing_share', rule: { rule: 'not_null', column: 'n' } },
    measure: (rows, n) => share(rows.length - n.length, rows.length),
  },
  duplicate_count: {
    metric: { metric: 'duplicate_count', columns: ['n'] },
    measure: (_, n) => total(occurrences(n).filter((count) => count > 1)),
  },
  key_count: {
    metric: { metric: 'key_count', columns: ['n', 's'] },
    measure: (rows) =>
      new Set(rows.flatMap(({ n, s }) => (n === null || s === null ? [] : [`${n} ${s}`]))).size,
  },
}

const patterns = ['^a', 'b$', "'", '^[a-z]+$', '\\\\']

const rule: fc.Arbitrary<CheckRule> = fc.oneof(
  fc.constantFrom<CheckRule>(
    { rule: 'not_null', column: 'n' },
    { rule: 'not_null', column: 's' },
    { rule: 'unique', columns: ['n'] },
    { rule: 'unique', columns: ['s', 'n'] },
    { rule: 'relationships', column: 'n', to: { name: 'parents' }, field: 'n' },
    { rule: 'sql', sql: 'select id, s from samples where n > 2;' },
    ...conditions.map(({ sql }): CheckRule => ({ rule: 'expression', expression: sql })),
    ...patterns.map((pattern): CheckRule => ({ rule: 'matches', column: 's', pattern })),
  ),
  fc.record({
    rule: fc.constant('accepted_values' as const),
    column: fc.constant('s'),
    values: fc.array(fc.option(word), { maxLength: 4 }),
  }),
  fc
    .record(
      {
        rule: fc.constant('accepted_range' as const),
        column: fc.constant('n'),
        min: number,
        max: number,
        inclusive: fc.boolean(),
      },
      { requiredKeys: ['rule', 'column', 'inclusive'] },
    )
    .map((range): CheckRule => range),
  fc.constantFrom<CheckRule>(
    { rule: 'is_null', column: 's' },
    { rule: 'like', column: 's', pattern: 'a%' },
    { rule: 'like', column: 's', pattern: '_', not: true },
    { rule: 'like', column: 's', pattern: 'a\\_' },
    { rule: 'matches', column: 's', pattern: '^a', not: true },
    { rule: 'compare', column: 'n', operator: '<', other: 'id' },
    { rule: 'length', column: 's', min: 1, max: 2, inclusive: 'min' },
    { rule: 'length', column: 's', max: 1 },
    { rule: 'accepted_range', column: 'n', min: 0, max: 3, inclusive: 'max' },
  ),
  fc.record({
    rule: fc.constant('rejected_values' as const),
    column: fc.constant('s'),
    values: fc.array(fc.option(word), { maxLength: 4 }),
  }),
  fc
    .record({
      metric: fc.constantFrom(...Object.keys(measures)),
      min: number,
      max: number,
      inclusive: fc.constantFrom<Inclusive>(true, false, 'min', 'max'),
      outside: fc.boolean(),
      required: fc.boolean(),
    })
    .map(
      ({ metric, required, ...bounds }): CheckRule => ({
        rule: 'metric',
        metric: measures[metric]!.metric,
        bounds,
        required,
      }),
    ),
  fc.record({ rule: fc.constant('recency' as const), column: fc.constant('t'), hours: fc.nat({ max: 48 }) }),
  fc.record(
    { rule: fc.constant('row_count' as const), min: fc.nat({ max: 9 }), max: fc.nat({ max: 20 }) },
    { requiredKeys: ['rule'] },
  ),
)

const check: fc.Arbitrary<Check> = fc
  .record({
    rule,
    severity: fc.constantFrom('error' as const, 'warn' as const),
    where: fc.option(fc.constantFrom(...conditions.map(({ sql }) => sql)), { nil: undefined }),
  })
  .map(({ where, ...rest }) => ({
    ...rest,
    name: checkName(rest.rule),
    ...(where !== undefined && { where }),
  }))
  // The rows of the query have no column t or n to speak of.
  .filter((made) => made.rule.rule !== 'sql' || made.where === undefined || !made.where.includes('n '))

/** The values that the child's `n` is related to; a value twice must not count twice. */
const parents = [1, 2, 2, 5]

/** Checks random tables by random rules on an engine, and expects what a plain model says. */
export async function expectChecksToAgree(
  dialect: Dialect,
  execute: (sql: string) => Promise<unknown>,
  rows: (sql: string) => Promise<readonly Row[]>,
  numRuns: number,
): Promise<void> {
  await execute('create table samples (id integer, n integer, s text, t timestamp with time zone)')
  await execute('create table parents (n integer)')
  await execute(`insert into parents values ${[...parents, null].map((n) => `(${n})`).join(', ')}`)
  const target: CheckTarget = { from: 'samples', dialect, now: NOW }
  await fc.assert(
    fc.asyncProperty(table, fc.array(check, { maxLength: 8 }), async (samples, checks) => {
      await execute('delete from samples')
      if (samples.length > 0) {
        const values = samples.map(
          ({ id, n, s, t }) => `(${[id, n, s, t].map((value) => dialect.literal(value)).join(', ')})`,
        )
        await execute(`insert into samples values ${values.join(', ')}`)
      }
      const results = await judgeChecks(rows, checks, target)
      for (const [index, one] of checks.entries()) {
        const expected = model(one, samples)
        const status =
          expected.failures === 0 ? 'pass' : one.severity === 'error' ? 'fail' : ('warn' as const)
        expect(results[index]).toMatchObject({ status, failures: expected.failures })
        const evidence = failingRows(one, target)
        if (expected.ids === undefined) expect(evidence).toBeUndefined()
        else expect(idsOf(await rows(evidence ?? ''))).toEqual(expected.ids)
        const condition = rowCondition(one, dialect)
        if (condition !== undefined) {
          const failing = await rows(`select id from samples where not ${condition}`)
          const unknown = await rows(`select id from samples where ${condition} is null`)
          expect(idsOf(failing)).toEqual(expected.ids)
          expect(unknown).toEqual([])
        }
      }
    }),
    { numRuns },
  )
}

function idsOf(rows: readonly Row[]): number[] {
  return rows.map((row) => Number(row['id'])).sort((a, b) => a - b)
}

/** What a check must say of the rows: its failures, and which rows are to blame when rows are. */
function model(one: Check, samples: readonly Sample[]): { failures: number; ids: number[] | undefined } {
  const condition = conditions.find(({ sql }) => sql === one.where)
  const judged = condition === undefined ? samples : samples.filter((row) => condition.holds(row) === true)
  const blamed = (fails: (row: Sample) => boolean): { failures: number; ids: number[] } => {
    const ids = judged.filter(fails).map((row) => row.id)
    return { failures: ids.length, ids }
  }
  const whole = (passes: boolean): { failures: number; ids: undefined } => ({
    failures: passes ? 0 : 1,
    ids: undefined,
  })
  const asked = one.rule
  switch (asked.rule) {
    case 'not_null':
      return blamed((row) => (asked.column === 'n' ? row.n : row.s) === null)
    case 'accepted_values': {
      const { ids } = blamed((row) => row.s !== null && !asked.values.includes(row.s))
      const values = new Set(samples.filter((row) => ids.includes(row.id)).map((row) => row.s))
      return { failures: values.size, ids }
    }
    case 'accepted_range': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, inclusive } = asked
      return blamed(({ n }) => {
        if (n === null) return false
        const order = { min, max, inclusive }
        return !isWithin(n, order)
      })
    }
    case 'matches':
      return blamed((row) => row.s !== null && new RegExp(asked.pattern).test(row.s) === (asked.not === true))
    case 'expression': {
      const expression = conditions.find(({ sql }) => sql === asked.expression)
      return blamed((row) => expression?.holds(row) === false)
    }
    case 'unique': {
      const keyed = judged.filter((row) =>
        asked.columns.every((name) => (name === 'n' ? row.n : row.s) !== null),
      )
      const groups = Map.groupBy(keyed, (row) =>
        JSON.stringify(asked.columns.map((name) => (name === 'n' ? row.n : row.s))),
      )
      const repeated = [...groups.values()].filter((group) => group.length > 1)
      const ids = repeated.flat().map((row) => row.id)
      return { failures: repeated.length, ids: ids.sort((a, b) => a - b) }
    }
    case 'relationships':
      return blamed((row) => row.n !== null && !parents.includes(row.n))
    case 'recency': {
      const times = judged.flatMap((row) => (row.t === null ? [] : [Date.parse(row.t)]))
      return whole(Math.max(...times) >= Date.parse(NOW) - asked.hours * 3_600_000)
    }
    case 'row_count':
      return whole(judged.length >= (asked.min ?? 0) && judged.length <= (asked.max ?? judged.length))
    case 'sql':
      return blamed((row) => row.n !== null && row.n > 2)
    case 'is_null':
      return blamed((row) => row.s !== null)
    case 'rejected_values':
      return blamed((row) => row.s !== null && asked.values.includes(row.s))
    case 'like':
      return blamed(({ s }) => {
        if (s === null) return false
        const isLike =
          asked.pattern === 'a%' ? s.startsWith('a') : asked.pattern === '_' && [...s].length === 1
        const escaped = asked.pattern === 'a\\_' && /^a\\.$/u.test(s)
        return (isLike || escaped) === (asked.not === true)
      })
    case 'compare':
      return blamed((row) => row.n !== null && row.n >= row.id)
    case 'length':
      return blamed(({ s }) => {
        const [min, max] = asked.min === undefined ? [0, 1] : [1, 1]
        return s !== null && ([...s].length < min || [...s].length > max)
      })
    case 'metric': {
      const n = judged.flatMap((row) => row.n ?? [])
      const s = judged.flatMap((row) => row.s ?? [])
      const measured = Object.values(measures).find(({ metric }) => metric === asked.metric)
      const value = measured?.measure(judged, n, s) ?? null
      if (value === null) return whole(asked.required !== true)
      // The engine's sums may end in another last digit.
      const rounded = Number(value.toPrecision(12))
      return whole(isWithin(rounded, asked.bounds))
    }
    case 'agrees':
    case 'schema':
      throw new Error(`no ${asked.rule} is made up`)
  }
}
