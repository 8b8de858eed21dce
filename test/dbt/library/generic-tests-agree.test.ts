import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckDbDialect } from '../../../src/engines/duckdb/duckdb-dialect.ts'
import { postgresDialect } from '../../../src/engines/postgres/postgres-dialect.ts'
import type { CheckRule } from '../../../src/quality/check.ts'
import { judgeChecks } from '../../quality/judge-checks.ts'
import { type MacroEngine, openMacroEngine } from './macro-engine.ts'

const NOW = '2026-03-01T12:00:00.000Z'
const word = fc.constantFrom('a', 'ab', "it's", '', 'B', 'ä🌊')
const number = fc.integer({ min: -3, max: 6 })
const rows = fc.array(
  fc.record({
    n: fc.option(number),
    s: fc.option(word),
    t: fc.option(
      fc
        .integer({ min: -2, max: 60 })
        .map((hours) => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString()),
    ),
  }),
  { maxLength: 12 },
)

/** A rule, and the test that asks the same. */
interface Pair {
  readonly rule: CheckRule
  readonly test: string
  readonly args: Readonly<Record<string, unknown>>
}
const own = (rule: CheckRule): Pair => {
  const { rule: name, ...rest } = rule
  const { column, ...args } = { column: undefined, ...rest }
  return {
    rule,
    test: `waterworks.test_${name}`,
    args: { ...args, ...(column === undefined ? {} : { column_name: column }) },
  }
}

const pair: fc.Arbitrary<Pair> = fc.oneof(
  fc.constantFrom<Pair>(
    { rule: { rule: 'not_null', column: 'n' }, test: 'test_not_null', args: { column_name: 'n' } },
    { rule: { rule: 'unique', columns: ['s'] }, test: 'test_unique', args: { column_name: 's' } },
    { rule: { rule: 'unique', columns: ['s', 'n'] }, test: 'test_unique', args: { columns: ['s', 'n'] } },
    {
      rule: { rule: 'relationships', column: 'n', to: { name: 'parents' }, field: 'n' },
      test: 'test_relationships',
      args: { column_name: 'n', to: 'parents', field: 'n' },
    },
    {
      rule: { rule: 'accepted_values', column: 's', values: ['a', 'B'] },
      test: 'test_accepted_values',
      args: { column_name: 's', values: ['a', 'B'] },
    },
    ...['n > 0', "s <> 'a' -- not the first", 'n > 1 or s is null'].map((expression) =>
      own({ rule: 'expression', expression }),
    ),
    ...['^a', 'b$', "'", '^[a-z]+$'].map((pattern) => own({ rule: 'matches', column: 's', pattern })),
  ),
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
    .map((range) => own(range)),
  fc
    .record({ rule: fc.constant('recency' as const), column: fc.constant('t'), hours: fc.nat({ max: 48 }) })
    .map((recency) => own(recency)),
  fc
    .record(
      { rule: fc.constant('row_count' as const), min: fc.nat({ max: 9 }), max: fc.nat({ max: 20 }) },
      { requiredKeys: ['rule'] },
    )
    .map((count) => own(count)),
)

describe.each([
  ['duckdb', duckDbDialect],
  ['postgres', postgresDialect],
] as const)('on %s', (type, dialect) => {
  let engine: MacroEngine
  beforeAll(async () => {
    engine = await openMacroEngine(type)
    await engine.session.execute(
      'create table samples (id integer, n integer, s text, t timestamp with time zone)',
    )
    await engine.session.execute('create table parents (n integer)')
    await engine.session.execute('insert into parents values (1), (2), (5)')
  })
  afterAll(() => engine.close())

  it('tests count what the checks that stand in for them count', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        pair,
        fc.constantFrom(undefined, 'n > 0', 's is not null'),
        async (samples, { rule, test, args }, where) => {
          await engine.session.execute('delete from samples')
          for (const [id, { n, s, t }] of samples.entries()) {
            const values = [id, n, s, t].map((value) => dialect.literal(value)).join(', ')
            await engine.session.execute(`insert into samples values (${values})`)
          }
          const check = { rule, name: 'checked', severity: 'error' as const, ...(where && { where }) }
          const target = { from: 'samples', dialect, now: NOW }
          const [result] = await judgeChecks((sql) => engine.session.rows(sql), [check], target)

          const config = where === undefined ? {} : { where }
          const model = await engine.call('get_where_subquery', ['samples'], { config })
          const query = await engine.call(test, [], { config }, { model, ...args })
          const [counted] = await engine.session.rows(
            `select count(*) as n from (${String(query)}) as failing`,
          )
          expect(Number(counted?.['n'])).toBe(result?.failures)
        },
      ),
      { numRuns: 80 },
    )
  })
})
