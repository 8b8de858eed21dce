import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { type ResultFormat, resultFormat, SUMMARY } from '../../src/expectations/result-format.ts'
import { rowConditionOf } from '../../src/expectations/row-condition.ts'
import { readSuite } from '../../src/expectations/suite.ts'
import { withParameters } from '../../src/expectations/suite-parameters.ts'
import { validateSuite } from '../../src/run/validate-suite.ts'

const NOW = '2026-03-01T12:00:00.000Z'

describe('a suite', () => {
  it('is read as 1.x and as 0.x have it', () => {
    const kwargs = { column: 'id' }
    const now = {
      name: 'orders',
      expectations: [{ type: 'expect_column_to_exist', kwargs, severity: 'warning' }],
    }
    const before = {
      expectation_suite_name: 'orders',
      expectations: [{ expectation_type: 'expect_column_to_exist', kwargs }],
      evaluation_parameters: { most: 3 },
    }
    expect(readSuite(JSON.stringify(now), 'a.json')).toEqual({
      name: 'orders',
      expectations: [{ type: 'expect_column_to_exist', kwargs, meta: {}, severity: 'warning' }],
      parameters: {},
      meta: {},
    })
    expect(readSuite(JSON.stringify(before), 'a.json')).toMatchObject({
      name: 'orders',
      expectations: [{ type: 'expect_column_to_exist', kwargs }],
      parameters: { most: 3 },
    })
  })

  it.each([['{'], ['[]'], ['{"expectations": [{"kwargs": {}}]}']])('that is none is refused: %s', (json) => {
    expect(() => readSuite(json, 'a.json')).toThrow(expect.objectContaining({ code: 'WW5021' }))
  })
})

describe('a row condition', () => {
  it.each([
    ['col("n") > 5', undefined, '"n" > 5'],
    ['col("n").notNull()', 'great_expectations', '"n" is not null'],
    ['col("s") == \'it is\'', 'great_expectations__experimental__', '"s" = \'it is\''],
    ['`a b` == 1', 'spark', '"a b" = 1'],
    [
      'n > 5 and not (s == "x" | `a b` != 2)',
      'pandas',
      `(coalesce("n" > 5, false) and (not (coalesce("s" = 'x', false) or coalesce("a b" <> 2, true))))`,
    ],
    ['s in ["a", "b"]', 'pandas', `coalesce("s" in ('a', 'b'), false) = true`],
    ['n.isnull()', 'pandas', '"n" is null'],
    [
      {
        type: 'and',
        conditions: [
          { type: 'nullity', column: { name: 'n' }, is_null: false },
          { type: 'comparison', column: { name: 'n' }, operator: '>=', parameter: 2 },
        ],
      },
      undefined,
      '("n" is not null) and ("n" >= 2)',
    ],
  ])('is said in SQL: %j by %s', (condition, parser, sql) => {
    expect(rowConditionOf(condition, parser, duckDbDialect)).toBe(sql)
  })

  it.each([
    ['n > 5; drop table x', 'pandas'],
    ['1 < n < 3', 'pandas'],
    ['n > @limit', 'pandas'],
    ['col("n") like 3', 'great_expectations'],
    ['n > 5', 'r'],
  ])('that cannot be said is refused: %s by %s', (condition, parser) => {
    expect(() => rowConditionOf(condition, parser, duckDbDialect)).toThrow(
      expect.objectContaining({ name: 'Refusal' }),
    )
  })
})

it.each([
  ['most', 3],
  ['most * 2 + 1', 7],
  ['-(1 - most) ^ 2', 4],
  ['round(most / 2)', 2],
  ['now()', '2026-03-01T12:00:00'],
  ['now() - timedelta(days=1, hours=2)', '2026-02-28T10:00:00'],
  ['datetime(2020, 2, 28) + timedelta(weeks=1)', '2020-03-06T00:00:00'],
  ['since + timedelta(seconds=0.5)', '2021-01-01T00:00:00.500000'],
])('the parameter %s is %s', (expression, value) => {
  const kwargs = { min_value: { $PARAMETER: expression }, column: 'n' }
  const parameters = { most: 3, since: '2021-01-01' }
  expect(withParameters(kwargs, parameters, NOW)).toEqual({ min_value: value, column: 'n' })
})

it.each([['least'], ['now() + 1'], ['timedelta(days=1)'], ['__import__("os")'], ['1 +']])(
  'the parameter %s has no value',
  (expression) => {
    expect(() => withParameters({ min_value: { $PARAMETER: expression } }, {}, NOW)).toThrow(
      expect.objectContaining({ name: 'Refusal' }),
    )
  },
)

describe('a validation', () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  let session: Session
  beforeAll(async () => {
    session = await engine.connect()
    await session.execute(
      "create table orders as select * from (values (1, 'a', 9007199254740993), (2, 'b', 5), (3, null, null), (4, 'b', 7)) as t (id, s, n)",
    )
  })
  afterAll(() => engine.close())

  const validate = (expectations: readonly unknown[], format: ResultFormat = SUMMARY) =>
    validateSuite(session, {
      suite: readSuite(JSON.stringify({ name: 'orders', expectations }), 'orders.json'),
      target: { from: 'orders', dialect: duckDbDialect, now: NOW },
      format,
      parameters: {},
    })
  const inSet = { type: 'expect_column_values_to_be_in_set', kwargs: { column: 's', value_set: ['a'] } }

  it('tells as much as the format asks for', async () => {
    const keys = async (format: unknown) => {
      const { results } = await validate([inSet], resultFormat.parse(format))
      return Object.keys(results[0]!.result)
    }
    expect(await keys('BOOLEAN_ONLY')).toEqual([])
    const basic = await keys('BASIC')
    expect(basic).toContain('partial_unexpected_list')
    expect(basic).not.toContain('partial_unexpected_counts')
    expect(await keys('SUMMARY')).toContain('partial_unexpected_counts')
    const index = { result_format: 'COMPLETE', unexpected_index_column_names: ['id'] }
    expect(await keys(index)).toEqual(expect.arrayContaining(['unexpected_list', 'unexpected_index_list']))
  })

  it('counts, and says which rows', async () => {
    const result = await validate(
      [inSet, { type: 'expect_column_max_to_be_between', kwargs: { column: 'n', max_value: 10 } }],
      resultFormat.parse({ result_format: 'COMPLETE', unexpected_index_column_names: ['id'] }),
    )
    expect(result).toMatchObject({
      success: false,
      statistics: { evaluated_expectations: 2, successful_expectations: 0, success_percent: 0 },
    })
    expect(result.results[0]?.result).toMatchObject({
      element_count: 4,
      missing_count: 1,
      unexpected_count: 2,
      unexpected_index_list: [
        { s: 'b', id: 2 },
        { s: 'b', id: 4 },
      ],
    })
    expect(result.results[1]?.result).toEqual({ observed_value: '9007199254740993' })
  })

  it('refuses by name what it cannot judge, and judges the rest', async () => {
    const { results } = await validate([
      { type: 'expect_column_values_to_be_increasing', kwargs: { column: 'n' } },
      { type: 'expect_the_best', kwargs: {} },
      { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'nope' } },
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 's', regex: '(?=a)' } },
      { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'id' } },
    ])
    expect(
      results.map(({ success, exception_info: { raised_exception: raised } }) => [success, raised]),
    ).toEqual([
      [false, true],
      [false, true],
      [false, true],
      [false, true],
      [true, false],
    ])
    expect(results[0]?.exception_info.exception_message).toContain('have no order')
  })
})
