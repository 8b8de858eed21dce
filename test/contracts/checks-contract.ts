import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, Session } from '../../src/engines/engine.ts'
import type { Check, CheckRule } from '../../src/quality/check.ts'
import { checkName } from '../../src/quality/check-name.ts'
import { failingRows } from '../../src/quality/failing-rows.ts'
import type { ColumnMetric, Metric } from '../../src/quality/metrics/metric.ts'
import { planMetrics } from '../../src/quality/plan/plan-metrics.ts'
import { answerMetrics } from '../../src/run/answer-metrics.ts'
import { runChecks } from '../../src/run/run-checks.ts'

const NOW = '2026-03-01T12:00:00Z'
const HUGE = '9223372036854775807'

/** What every engine answers to checks, over data that likes to break them. `open` gives an empty warehouse. */
export function checksContract(name: string, open: () => Promise<Engine>): void {
  describe(`checks on ${name}`, () => {
    let engine: Engine
    let session: Session

    beforeAll(async () => {
      engine = await open()
      session = await engine.connect()
      await session.execute(
        `create table hard (id integer, whole bigint, exact decimal(38, 10), real double precision, words text,
          nothing integer, instant timestamp with time zone, at_time timestamp)`,
      )
      await session.execute(`insert into hard values
        (1, ${HUGE}, 12345678901234567890.0000000001, 'NaN', 'ä🌊', null, '2026-03-01 13:00:00+02', '2026-03-01 11:00:00'),
        (2, -${HUGE}, 0.0000000001, 'Infinity', '', null, '2026-02-28 12:00:00+00', '2026-02-28 00:00:00'),
        (3, 0, -12345678901234567890.0000000001, '-Infinity', 'it''s', null, null, null),
        (4, null, null, null, null, null, null, null),
        (5, 0, 0, -0.0, 'e' || chr(769), null, '2026-03-01 10:59:59+00', '9999-12-31 23:59:59')`)
      await session.execute('create table bare (id integer, words text)')
      await session.execute('create table parents (id integer)')
      await session.execute('insert into parents values (1), (2), (3), (null)')
    })
    afterAll(async () => {
      await session.close()
      await engine.close()
    })

    const target = (from = 'hard') => ({ from, dialect: engine.dialect, now: NOW })
    const checkOf = (rule: CheckRule, more: Partial<Check> = {}): Check => ({
      name: checkName(rule),
      rule,
      severity: 'error',
      ...more,
    })
    const failures = async (rules: readonly CheckRule[], from?: string, more?: Partial<Check>) => {
      const results = await runChecks(
        session,
        rules.map((rule) => checkOf(rule, more)),
        target(from),
      )
      return results.map(({ status, failures: count }) => (status === 'error' ? status : count))
    }

    it('judge rows, whatever is in them', async () => {
      const cases: readonly (readonly [CheckRule, number])[] = [
        [{ rule: 'not_null', column: 'nothing' }, 5],
        [{ rule: 'is_null', column: 'nothing' }, 0],
        [{ rule: 'is_null', column: 'words' }, 4],
        [{ rule: 'accepted_range', column: 'whole', max: 9_223_372_036_854_775_806n, inclusive: true }, 1],
        [{ rule: 'accepted_range', column: 'whole', min: -9_223_372_036_854_775_807n, inclusive: false }, 1],
        [{ rule: 'accepted_range', column: 'exact', min: 0, inclusive: false }, 2],
        // NaN is above every other number, infinities are at the ends.
        [{ rule: 'accepted_range', column: 'real', max: 1e308, inclusive: true }, 2],
        [{ rule: 'accepted_range', column: 'real', min: -1e308, inclusive: true }, 1],
        [{ rule: 'accepted_range', column: 'real', min: 0, inclusive: true }, 1],
        [{ rule: 'accepted_range', column: 'instant', min: '2026-03-01 11:00:00+00', inclusive: true }, 2],
        [{ rule: 'accepted_values', column: 'words', values: ['ä🌊', '', "it's"] }, 1],
        // Composed and decomposed letters are different texts.
        [{ rule: 'rejected_values', column: 'words', values: ['é', ''] }, 1],
        [{ rule: 'accepted_values', column: 'nothing', values: [1] }, 0],
        [{ rule: 'length', column: 'words', min: 1, max: 2 }, 2],
        [{ rule: 'matches', column: 'words', pattern: '^.{2}$' }, 2],
        [{ rule: 'matches', column: 'words', pattern: "'", not: true }, 1],
        [{ rule: 'like', column: 'words', pattern: '__' }, 2],
        [{ rule: 'like', column: 'words', pattern: '%', not: true }, 4],
        [{ rule: 'compare', column: 'id', operator: '<', other: 'whole' }, 3],
        [{ rule: 'compare', column: 'id', operator: '=', other: 'nothing' }, 0],
        [{ rule: 'expression', expression: 'whole <> 0 -- or nothing' }, 2],
      ]
      expect(await failures(cases.map(([rule]) => rule))).toEqual(cases.map(([, count]) => count))
      expect(
        await failures(
          cases.map(([rule]) => rule),
          '(select * from hard where false) as none',
        ),
      ).toEqual(cases.map(() => 0))
      for (const [rule, count] of cases.filter(([{ rule }]) => rule !== 'accepted_values')) {
        const rows = await session.rows(failingRows(checkOf(rule), target()) ?? '')
        expect([rule, rows.length]).toEqual([rule, count])
      }
    })

    it('judge a relation as a whole, also one of no rows', async () => {
      const rules: readonly CheckRule[] = [
        { rule: 'unique', columns: ['whole'] },
        { rule: 'unique', columns: ['nothing'] },
        { rule: 'relationships', column: 'id', to: { name: 'parents' }, field: 'id' },
        { rule: 'recency', column: 'instant', hours: 1 },
        { rule: 'recency', column: 'nothing_at', hours: 1 },
        { rule: 'row_count', min: 5, max: 5 },
        { rule: 'sql', sql: "select * from hard where words = ''" },
        { rule: 'schema', columns: [{ name: 'ID', types: ['integer'] }], count: { min: 8, max: 8 } },
        { rule: 'schema', columns: [{ name: 'id' }, { name: 'gone', types: ['text'] }], noOthers: true },
        {
          rule: 'agrees',
          metric: { metric: 'row_count' },
          other: { metric: 'row_count', relation: { name: 'parents' } },
          within: { percent: 25 },
        },
        {
          rule: 'agrees',
          metric: { metric: 'row_count' },
          other: { metric: 'row_count', relation: { name: 'parents' } },
          within: { amount: 0 },
        },
      ]
      expect(await failures(rules)).toEqual([1, 0, 2, 0, 'error', 0, 1, 0, 8, 0, 1])
      const whole: readonly CheckRule[] = [
        { rule: 'unique', columns: ['id'] },
        { rule: 'row_count', min: 1 },
        { rule: 'metric', metric: { metric: 'mean', column: 'id' }, bounds: { min: 1 } },
        { rule: 'metric', metric: { metric: 'mean', column: 'id' }, bounds: { min: 1 }, required: true },
      ]
      expect(await failures(whole, 'bare')).toEqual([0, 1, 0, 1])
    })

    it('measure numbers exactly where they are exact', async () => {
      const asked: Readonly<Record<string, Metric>> = {
        ...columnMetrics('whole', ['min', 'max', 'sum', 'distinct_count', 'unique_count', 'top_count']),
        ...columnMetrics('exact', ['min', 'sum']),
        ...columnMetrics('nothing', [
          'min',
          'mean',
          'median',
          'distinct_count',
          'null_share',
          'stddev',
          'top_share',
        ]),
        ...columnMetrics('words', ['min_length', 'max_length', 'null_count', 'distinct_share']),
        ...columnMetrics('instant', ['age_hours']),
        'skewness id': { metric: 'skewness', column: 'id' },
        'quantile id': { metric: 'quantile', column: 'id', at: 0.125 },
        'rows where': { metric: 'row_count', where: 'whole = 0 -- twice' },
      }
      const metrics = Object.values(asked)
      const { answers } = await answerMetrics(session, planMetrics(metrics, target()).steps, target())
      const told = Object.fromEntries(
        Object.entries(asked).map(([key, metric]) => {
          const value = answers.get(metric)
          return [key, value === null ? null : String(value).replace(/\.0+$/, '')]
        }),
      )
      expect(told).toEqual({
        'min whole': `-${HUGE}`,
        'max whole': HUGE,
        'sum whole': '0',
        'distinct_count whole': '3',
        'unique_count whole': '2',
        'top_count whole': '2',
        'min exact': '-12345678901234567890.0000000001',
        'sum exact': '0.0000000001',
        'min nothing': null,
        'mean nothing': null,
        'median nothing': null,
        'distinct_count nothing': '0',
        'null_share nothing': '1',
        'stddev nothing': null,
        'top_share nothing': null,
        'min_length words': '0',
        'max_length words': '4',
        'null_count words': '1',
        'distinct_share words': '1',
        'age_hours instant': '1',
        'skewness id': '0',
        'quantile id': '1.5',
        'rows where': '2',
      })
    })

    it('tolerate failures as counts and as shares, and judge segments apart', async () => {
      const rule: CheckRule = { rule: 'not_null', column: 'words' }
      const status = async (more: Partial<Check>) => {
        const [result] = await runChecks(session, [checkOf(rule, more)], target())
        return result?.status
      }
      expect(await status({})).toBe('fail')
      expect(await status({ tolerance: { rows: 1 } })).toBe('pass')
      expect(await status({ tolerance: { percent: 20 } })).toBe('pass')
      expect(await status({ tolerance: { percent: 19.9 } })).toBe('fail')
      expect(await status({ tolerance: { mostly: 0.8 } })).toBe('pass')
      expect(await status({ tolerance: { percent: 20 }, by: ['id'] })).toBe('fail')
      const [segments] = await runChecks(session, [checkOf(rule, { by: ['whole'] })], target())
      expect(segments?.message).toBe('words is never null: not so in 1 of 4 segments by whole')
      const orphans: CheckRule = { rule: 'relationships', column: 'id', to: { name: 'parents' }, field: 'id' }
      expect(await failures([orphans], undefined, { tolerance: { percent: 40 } })).toEqual([2])
      const [tolerated] = await runChecks(
        session,
        [checkOf(orphans, { tolerance: { percent: 40 } })],
        target(),
      )
      expect(tolerated?.status).toBe('pass')
    })

    it('say how grave a finding is', async () => {
      const rule: CheckRule = { rule: 'not_null', column: 'words' }
      const priority = async (more: Partial<Check>) => {
        const [result] = await runChecks(session, [checkOf(rule, more)], target())
        return result?.priority
      }
      expect(await priority({})).toBe('P0')
      expect(await priority({ severity: 'warn' })).toBe('P1')
      expect(await priority({ severity: 'warn', priority: 'P3' })).toBe('P3')
      expect(await priority({ where: 'id < 3' })).toBeUndefined()
    })
  })
}

function columnMetrics(column: string, metrics: readonly ColumnMetric[]): Readonly<Record<string, Metric>> {
  return Object.fromEntries(metrics.map((metric) => [`${metric} ${column}`, { metric, column }]))
}
