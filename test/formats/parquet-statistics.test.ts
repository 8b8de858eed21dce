import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { parquetStatistics } from '../../src/formats/parquet/parquet-statistics.ts'
import type { Metric } from '../../src/quality/metrics/metric.ts'
import { planMetrics } from '../../src/quality/plan/plan-metrics.ts'
import { answerMetrics } from '../../src/run/answer-metrics.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
const folder = mkdtempSync(join(tmpdir(), 'ww-parquet-statistics-'))
let session: Session
beforeAll(async () => {
  session = await engine.connect()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

const columns = ['n', 'd', 's', 'f', 'empty']
const metrics: readonly Metric[] = [
  { metric: 'row_count' },
  ...columns.flatMap((column): readonly Metric[] => [
    { metric: 'null_count', column },
    { metric: 'min', column },
    { metric: 'max', column },
  ]),
]
const row = fc.record({
  n: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  d: fc.option(fc.integer({ min: -4000, max: 4000 })),
  s: fc.option(fc.string({ maxLength: 90, unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
  f: fc.option(fc.constantFrom(-0, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY)),
})

it('footers and rows answer the same, over files of any rows and row groups', async () => {
  let files = 0
  const literal = duckDbDialect.literal
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(row, { maxLength: 9 }), { minLength: 1, maxLength: 3 }),
      async (parts) => {
        const place = join(folder, `${files++}`)
        for (const [index, rows] of parts.entries()) {
          const values = rows.map(
            ({ n, d, s, f }) => `(${[n, d, s, f].map((value) => literal(value)).join(', ')})`,
          )
          const from =
            values.length === 0
              ? '(values (0, 0, null, 0)) t (n, d, s, f) where false'
              : `(values ${values.join(', ')}) t (n, d, s, f)`
          await session.execute(
            `copy (select n::bigint as n, date '2000-01-01' + d::integer as d, s::varchar as s, f::double as f, null::integer as empty from ${from})
           to '${place}-${index}.parquet' (format parquet, row_group_size 2048)`,
          )
        }
        const pattern = `${place}-*.parquet`
        const target = {
          from: `read_parquet('${pattern}')`,
          dialect: duckDbDialect,
          now: '2026-01-01T00:00:00Z',
        }
        const fields = await session.describe(`select * from ${target.from}`)
        const known = { ...target, known: { fields, ...parquetStatistics(pattern) } }
        const told = async (by: typeof target | typeof known) => {
          const { answers, refused } = await answerMetrics(session, planMetrics(metrics, by).steps, by)
          expect(refused).toEqual([])
          return metrics
            .map((metric) => answers.get(metric))
            .map((value) => (typeof value === 'bigint' ? value : value === null ? null : String(value)))
        }
        expect((await told(known)).map(String)).toEqual((await told(target)).map(String))
      },
    ),
    { numRuns: 40 },
  )
})

it('asks the rows for nothing that footers say', async () => {
  const file = join(folder, 'plain.parquet')
  await session.execute(`copy (select i as n, 'x' as s from range(10) r (i)) to '${file}' (format parquet)`)
  const target = { from: `read_parquet('${file}')`, dialect: duckDbDialect, now: '2026-01-01T00:00:00Z' }
  const fields = await session.describe(`select * from ${target.from}`)
  const { steps } = planMetrics(
    [
      { metric: 'row_count' },
      { metric: 'max', column: 'n' },
      { metric: 'failing_count', rule: { rule: 'not_null', column: 's' } },
    ],
    { ...target, known: { fields, ...parquetStatistics(file) } },
  )
  expect(steps.map(({ kind }) => kind)).toEqual(['known'])
})
