import fc from 'fast-check'
import { expect } from 'vitest'
import type { Dialect } from '../../src/engines/dialect.ts'
import type { Row } from '../../src/engines/engine.ts'
import type { Check, CheckRule, CheckStatus } from '../../src/quality/check.ts'
import { checkName } from '../../src/quality/check-name.ts'
import type { CheckTarget } from '../../src/quality/check-target.ts'
import { compileChecks } from '../../src/quality/compile-checks.ts'
import { evaluate } from '../../src/quality/evaluate.ts'
import { failingRows } from '../../src/quality/failing-rows.ts'
import { rowCondition } from '../../src/quality/row-condition.ts'

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
      const results = new Map<Check, { readonly status: CheckStatus; readonly failures: number }>()
      for (const query of compileChecks(checks, target)) {
        const [row, ...more] = await rows(query.sql)
        expect(more).toEqual([])
        for (const compiled of query.checks) results.set(compiled.check, evaluate(compiled, row ?? {}))
      }
      for (const one of checks) {
        const expected = model(one, samples)
        const status =
          expected.failures === 0 ? 'pass' : one.severity === 'error' ? 'fail' : ('warn' as const)
        expect(results.get(one)).toMatchObject({ status, failures: expected.failures })
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
        return inclusive ? n < Number(min) || n > Number(max) : n <= Number(min) || n >= Number(max)
      })
    }
    case 'matches':
      return blamed((row) => row.s !== null && !new RegExp(asked.pattern).test(row.s))
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
  }
}
