import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { parquetStatistics } from '../../src/formats/parquet/parquet-statistics.ts'
import type { Check, CheckRule } from '../../src/quality/check.ts'
import { checkName } from '../../src/quality/check-name.ts'
import type { CheckTarget } from '../../src/quality/check-target.ts'
import { runChecks } from '../../src/run/run-checks.ts'
import { type BenchCase, type Measurement, median } from '../measurement.ts'
import { Scratch } from '../scratch.ts'

const ROWS = 20_000_000
const RUNS = 5
const MILLISECONDS_PER_SECOND = 1000

const columns = ['id', 'customer', 'amount', 'status', 'ordered_at', 'age', 'email', 'day']

/** What footers of files can answer. */
const known: readonly CheckRule[] = [
  ...columns.map((column): CheckRule => ({ rule: 'not_null', column })),
  { rule: 'row_count', min: 1 },
  { rule: 'metric', metric: { metric: 'min', column: 'id' }, bounds: { min: 0 } },
  { rule: 'metric', metric: { metric: 'max', column: 'customer' }, bounds: { max: 1_000_000 } },
  { rule: 'metric', metric: { metric: 'max', column: 'day' }, bounds: { max: '2025-12-31' } },
]

const judged: readonly CheckRule[] = [
  ...known,
  { rule: 'accepted_range', column: 'customer', min: 0, max: 999_999, inclusive: true },
  { rule: 'accepted_range', column: 'amount', min: 0, max: 100, inclusive: true },
  { rule: 'accepted_values', column: 'status', values: ['new', 'paid', 'sent', 'done'] },
  { rule: 'accepted_range', column: 'ordered_at', min: '2024-01-01', inclusive: true },
  { rule: 'accepted_range', column: 'age', min: 0, max: 120, inclusive: true },
  { rule: 'like', column: 'email', pattern: '%@%' },
  { rule: 'accepted_range', column: 'day', max: '2025-12-31', inclusive: true },
  { rule: 'expression', expression: "amount >= 0 or status = 'new'" },
  { rule: 'metric', metric: { metric: 'mean', column: 'amount' }, bounds: { min: 0, max: 100 } },
  { rule: 'metric', metric: { metric: 'sum', column: 'age' }, bounds: { min: 0 } },
]

/** The same by hand: one pass for what needs the rows, footers for what does not. */
function byHand(file: string): readonly string[] {
  const footers = `select path_in_schema, sum(stats_null_count), sum(row_group_num_rows), min(try_cast(stats_min_value as bigint)),
    max(try_cast(stats_max_value as bigint)), max(stats_max_value) from parquet_metadata('${file}') group by 1`
  const rows = `select count_if(customer not between 0 and 999999), count_if(amount not between 0 and 100),
    count_if(status not in ('new', 'paid', 'sent', 'done')),
    count_if(ordered_at < '2024-01-01'), count_if(age not between 0 and 120), count_if(email not like '%@%'),
    count_if(day > '2025-12-31'), count_if(not (amount >= 0 or status = 'new')), avg(amount), sum(age) from read_parquet('${file}')`
  return [footers, rows]
}

/** Checks of twenty million rows in a Parquet file, on two threads, against the best SQL by hand. */
export const checks: BenchCase = {
  name: 'checks on twenty million rows',
  async run() {
    using scratch = new Scratch()
    const file = scratch.file('orders.parquet')
    const engine = new DuckDbEngine({ path: ':memory:' })
    try {
      const session = await engine.connect()
      await session.execute('set threads = 2')
      await session.execute(`copy (${orders()}) to '${file}' (format parquet, compression zstd)`)
      const from = `read_parquet('${file}')`
      const fields = await session.describe(`select * from ${from}`)
      const target: CheckTarget = {
        from,
        dialect: duckDbDialect,
        now: '2026-01-01T00:00:00Z',
        known: { fields, ...parquetStatistics(file) },
      }
      return await measured(session, file, target)
    } finally {
      await engine.close()
    }
  },
}

async function measured(
  session: Session,
  file: string,
  target: CheckTarget,
): Promise<readonly Measurement[]> {
  const run = (rules: readonly CheckRule[]) => timed(() => runChecks(session, rules.map(checkOf), target))
  const hand = () =>
    timed(async () => {
      for (const sql of byHand(file)) await session.rows(sql)
    })
  await run(judged)
  await hand()
  const pairs: { readonly ours: number; readonly straight: number }[] = []
  for (let run_ = 0; run_ < RUNS; run_++) pairs.push({ ours: await run(judged), straight: await hand() })
  const footers: number[] = []
  for (let run_ = 0; run_ < RUNS; run_++) footers.push(await run(known))
  const seconds = median(pairs.map(({ ours }) => ours))
  const ratio = median(pairs.map(({ ours, straight }) => ours / straight))
  const ofFooters = median(footers) * MILLISECONDS_PER_SECOND
  const what = `${judged.length} checks, 20 M rows × 8 columns of Parquet`
  return [
    { name: 'checks', says: what, value: seconds, unit: 's', budget: 2, better: 'lower' },
    {
      name: 'checks by hand',
      says: `${what} / the same by hand`,
      value: ratio,
      unit: 'x',
      budget: 1.2,
      better: 'lower',
    },
    {
      name: 'checks of footers',
      says: `${known.length} checks that footers answer`,
      value: ofFooters,
      unit: 'ms',
      budget: 50,
      better: 'lower',
    },
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / MILLISECONDS_PER_SECOND
}

function checkOf(rule: CheckRule): Check {
  return { name: checkName(rule), rule, severity: 'error' }
}

function orders(): string {
  return `select i as id, (hash(i) % 1000000)::bigint as customer, (hash(i * 7) % 10000)::double / 100 as amount,
    ['new', 'paid', 'sent', 'done'][1 + (hash(i * 3) % 4)::int] as status,
    timestamp '2024-01-01' + interval (i) second as ordered_at,
    case when hash(i * 11) % 50 = 0 then null else (hash(i * 13) % 100)::int end as age,
    'user' || (hash(i * 5) % 1000000) || '@mail.example' as email, date '2024-01-01' + (i % 365)::int as day
  from range(${ROWS}) as numbers (i)`
}
