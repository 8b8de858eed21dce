import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import type { Check, CheckRule } from '../../src/quality/check.ts'
import { checkName } from '../../src/quality/check-name.ts'
import type { CheckTarget } from '../../src/quality/check-target.ts'
import { compileChecks } from '../../src/quality/compile-checks.ts'
import { describeRule } from '../../src/quality/describe-rule.ts'
import { failingRows } from '../../src/quality/failing-rows.ts'
import { rowCondition } from '../../src/quality/row-condition.ts'
import { expectChecksToAgree } from './checks-agree.ts'
import { judgeChecks } from './judge-checks.ts'

const rules: readonly CheckRule[] = [
  { rule: 'not_null', column: 'delay' },
  { rule: 'accepted_values', column: 'status', values: ['on time', 'late', "won't fly", null] },
  { rule: 'accepted_values', column: 'code', values: [null] },
  { rule: 'accepted_range', column: 'delay', min: -120, max: 2000, inclusive: true },
  { rule: 'accepted_range', column: 'distance', min: 0, inclusive: false },
  { rule: 'accepted_range', column: 'distance', inclusive: true },
  { rule: 'matches', column: 'origin', pattern: '^[A-Z]{3}$' },
  { rule: 'expression', expression: 'origin <> destination -- never a round trip' },
  { rule: 'recency', column: 'flown_at', hours: 1.5 },
  { rule: 'row_count', min: 1, max: 5_000_000 },
  { rule: 'row_count', min: 1 },
  { rule: 'unique', columns: ['flight_id'] },
  { rule: 'unique', columns: ['flown_at', 'Tail "No"'] },
  { rule: 'relationships', column: 'origin', to: { schema: 'raw', name: 'airports' }, field: 'iata' },
  { rule: 'sql', sql: 'select * from flights where delay > 10000;\n' },
]
const checkOf = (rule: CheckRule, change: Partial<Check> = {}): Check => ({
  name: checkName(rule),
  rule,
  severity: 'error',
  ...change,
})
const target: CheckTarget = { from: '"main"."flights"', dialect: duckDbDialect, now: '2026-03-01T12:00:00Z' }

describe('compiled SQL', () => {
  test('of every rule, as one scan and as few queries besides as can be', async () => {
    const { steps } = compileChecks(
      rules.map((rule) => checkOf(rule)),
      target,
    )
    const sql = steps.map(({ kind, sql }) => `-- ${kind}\n${sql};\n`)
    await expect(sql.join('\n')).toMatchFileSnapshot('goldens/queries.sql')
  })

  test('of every rule with a where', async () => {
    const { steps } = compileChecks(
      rules.map((rule) => checkOf(rule, { where: "status = 'late' or status is null" })),
      target,
    )
    await expect(steps.map(({ sql }) => `${sql};\n`).join('\n')).toMatchFileSnapshot(
      'goldens/queries-where.sql',
    )
  })

  test('of failing rows and of the conditions that rows are judged by', async () => {
    const told = rules.map((rule) => {
      const check = checkOf(rule, { where: 'delay is not null' })
      const condition = rowCondition(check, duckDbDialect) ?? 'no row is judged alone'
      return `-- ${check.name}: ${condition}\n${failingRows(check, target) ?? '-- no rows to show'};\n`
    })
    await expect(told.join('\n')).toMatchFileSnapshot('goldens/failing-rows.sql')
  })
})

test('rules have names and sentences', async () => {
  const told = rules.map((rule) => `${checkName(rule)}\n  ${describeRule(rule)}\n`)
  await expect(told.join('')).toMatchFileSnapshot('goldens/names.txt')
})

describe('checks on DuckDB', () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  let session: Session

  beforeAll(async () => {
    session = await engine.connect()
  })
  afterAll(async () => {
    await session.close()
    await engine.close()
  })

  test('agree with a plain model over random tables and rules', async () => {
    await expectChecksToAgree(
      duckDbDialect,
      (sql) => session.execute(sql),
      (sql) => session.rows(sql),
      150,
    )
  })

  test('count as dbt does, and say what is wrong without row values', async () => {
    await session.execute(
      "create table orders as select * from (values (1, 'new', 10), (1, 'odd', 99), (2, 'odd', 98), (2, 'odd', null)," +
        " (2, null, 10), (null, 'new', 10), (null, 'new', 10)) as t(id, status, customer)",
    )
    await session.execute('create table customers as select 10 as id')
    const told = await judge('orders', [
      { rule: 'not_null', column: 'id' },
      { rule: 'unique', columns: ['id'] },
      { rule: 'accepted_values', column: 'status', values: ['new'] },
      { rule: 'relationships', column: 'customer', to: { name: 'customers' }, field: 'id' },
      { rule: 'row_count', min: 8 },
      { rule: 'accepted_range', column: 'customer', max: 100, inclusive: true },
    ])
    expect(told).toEqual([
      'not_null_id fail 2: not so in 2 rows: id is never null',
      'unique_id fail 2: 2 values of id occur more than once, in 5 rows',
      'accepted_values_status fail 1: 1 other value in 3 rows, but status is one of new',
      'relationships_customer__customers_id fail 2: not so in 2 rows: every customer is among customers.id',
      'row_count fail 1: the number of rows is 7, and should be at least 8',
      'accepted_range_customer pass 0: customer is at most 100',
    ])
  })

  test('of a relation without rows pass, but for recency and row counts', async () => {
    await session.execute('create table nothing (a integer, b timestamp)')
    const told = await judge('nothing', [
      { rule: 'not_null', column: 'a' },
      { rule: 'unique', columns: ['a'] },
      { rule: 'recency', column: 'b', hours: 24 },
      { rule: 'row_count', min: 1 },
    ])
    expect(told).toEqual([
      'not_null_a pass 0: a is never null',
      'unique_a pass 0: a is unique',
      'recency_b fail 1: there is no b, but the newest b is at most 24 hours old',
      'row_count fail 1: the number of rows is 0, and should be at least 1',
    ])
  })

  test('of recency read dates and zoneless times as UTC, and infinity as new', async () => {
    const recency = async (value: string): Promise<string | undefined> => {
      await session.execute(`create or replace table times as select ${value} as t`)
      const [told] = await judge('times', [{ rule: 'recency', column: 't', hours: 12 }])
      return told?.split(' ')[1]
    }
    expect(await recency("timestamp '2026-03-01 00:00:00'")).toBe('pass')
    expect(await recency("timestamp '2026-02-28 23:59:59'")).toBe('fail')
    expect(await recency("date '2026-03-01'")).toBe('pass')
    expect(await recency("date '2026-02-28'")).toBe('fail')
    expect(await recency("timestamptz '2026-03-01 02:00:00+02'")).toBe('pass')
    expect(await recency("'infinity'::timestamp")).toBe('pass')
  })

  test('of a subquery, and of a parent whose columns have the same names', async () => {
    await session.execute('create or replace table twins as select 1 as id, 2 as customer')
    const check = checkOf({ rule: 'relationships', column: 'customer', to: { name: 'twins' }, field: 'id' })
    const twins = { ...target, from: '(select * from twins) as landed' }
    expect(await judgeChecks((sql) => session.rows(sql), [check], twins)).toMatchObject([
      { status: 'fail', failures: 1 },
    ])
  })

  test('that give no numbers are a defect, not a pass', async () => {
    const check = checkOf({ rule: 'row_count', min: 1 })
    for (const row of [{}, { c0: null }]) {
      const judged = judgeChecks(async () => [row], [check], target)
      await expect(judged).rejects.toMatchObject({ code: 'WW9001' })
    }
  })

  async function judge(from: string, asked: readonly CheckRule[]): Promise<string[]> {
    const checks = asked.map((rule) => checkOf(rule))
    const results = await judgeChecks((sql) => session.rows(sql), checks, { ...target, from })
    return results.map(({ name, status, failures, message }) => `${name} ${status} ${failures}: ${message}`)
  }
})
