import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Check, CheckResult } from '../quality/check.ts'
import type { Verdict } from '../quality/check-code.ts'
import type { CheckTarget } from '../quality/check-target.ts'
import { type CompiledCheck, compileChecks } from '../quality/compile-checks.ts'
import { evaluate } from '../quality/evaluate.ts'
import { derivationOf } from '../quality/metrics/derived-metric.ts'
import { metricKey } from '../quality/metrics/metric-key.ts'
import { MetricAnswers } from '../quality/plan/metric-answers.ts'
import type { MetricStep } from '../quality/plan/metric-plan.ts'
import { type Answered, answerMetrics } from './answer-metrics.ts'
import { isInterrupt } from './is-interrupt.ts'

/** What checks ask of an engine. */
export type Judging = Pick<Executor, 'rows' | 'describe' | 'tentatively'>

/**
 * Runs checks over one relation, one query after another on the executor that is given, and returns a result for
 * each, in the order of the checks. A check whose query the engine refuses has status `error`; what shared
 * the query is asked again one by one, so that only the guilty one has it. Throws when a query is interrupted.
 */
export async function runChecks(
  executor: Judging,
  checks: readonly Check[],
  target: CheckTarget,
): Promise<readonly CheckResult[]> {
  const compiled = compileChecks(checks, target)
  const answered = await answerMetrics(executor, compiled.steps, target)
  const results: CheckResult[] = []
  for (const each of compiled.checks) {
    if (each.segments !== undefined)
      results.push(await timed(each, () => judgeSegments(executor, each.segments!, each, target)))
    else if (each.code.judgeFields !== undefined)
      results.push(await timed(each, () => judgeFields(executor, each, target)))
    else results.push(judge(each, answered))
  }
  return results
}

function judge({ check, code }: CompiledCheck, { answers, refused, seconds }: Answered): CheckResult {
  const keys = new Set(
    code.metrics.flatMap((metric) => derivationOf(metric)?.needs ?? [metric]).map(metricKey),
  )
  const own = <T>(entries: Iterable<readonly [{ readonly metric: unknown }, T]>): T[] =>
    [...entries].flatMap(([metric, value]) => (keys.has(metricKey(metric as never)) ? [value] : []))
  const took = own(seconds).reduce((sum, each) => sum + each, 0)
  const [error] = own(refused.map(({ metric, error }) => [metric, error] as const))
  if (error) return failed(check, error, took)
  const verdict = code.verdict(code.metrics.map((metric) => answers.get(metric)))
  return { ...idOf(check), ...evaluate(check, [verdict]), seconds: took }
}

/** A check's result with how long it took; of one that the engine refuses, status `error`. */
async function timed(
  { check }: CompiledCheck,
  verdicts: () => Promise<readonly Verdict[]>,
): Promise<CheckResult> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  try {
    const result = evaluate(check, await verdicts())
    return { ...idOf(check), ...result, seconds: seconds() }
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW3001' || isInterrupt(error)) throw error
    return failed(check, error, seconds())
  }
}

async function judgeSegments(
  executor: Judging,
  step: MetricStep,
  { code }: CompiledCheck,
  { now }: CheckTarget,
): Promise<readonly Verdict[]> {
  const rows = await executor.tentatively(() => executor.rows(step.sql))
  return rows.map((row) => {
    const answers = new MetricAnswers(now)
    step.metrics.forEach((metric, index) => {
      answers.set(metric, row[step.columns[index]!] ?? null)
    })
    return code.verdict(code.metrics.map((metric) => answers.get(metric)))
  })
}

async function judgeFields(
  executor: Judging,
  { code }: CompiledCheck,
  { from }: CheckTarget,
): Promise<readonly Verdict[]> {
  const fields = await executor.tentatively(() => executor.describe(`select * from ${from}`))
  return code.judgeFields === undefined ? [] : [code.judgeFields(fields)]
}

function failed(check: Check, error: WaterworksError, seconds: number): CheckResult {
  return { ...idOf(check), name: check.name, status: 'error', failures: 0, message: error.message, seconds }
}

function idOf({ id }: Check): Pick<CheckResult, 'id'> {
  return id === undefined ? {} : { id }
}

/** Whether a result stops publishing: an error-severity failure, or a check that could not be run at all. */
export function blocks(result: CheckResult): boolean {
  return result.status === 'fail' || result.status === 'error'
}
