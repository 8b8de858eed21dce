import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { CheckTarget } from '../quality/check-target.ts'
import type { Metric } from '../quality/metrics/metric.ts'
import { MetricAnswers } from '../quality/plan/metric-answers.ts'
import type { MetricStep } from '../quality/plan/metric-plan.ts'
import { planMetrics } from '../quality/plan/plan-metrics.ts'
import { isInterrupt } from './is-interrupt.ts'

export interface Answered {
  readonly answers: MetricAnswers
  /** Of metrics that the engine refused: why. */
  readonly refused: readonly { readonly metric: Metric; readonly error: WaterworksError }[]
  /** How long the query that answers a metric took, shared among those it answers. */
  readonly seconds: ReadonlyMap<Metric, number>
}

/**
 * Runs the steps of a plan, one query after another. Metrics that shared a query which the engine refuses are asked again one by one, so
 * that only the guilty one is without an answer. Throws when a query is interrupted.
 */
export async function answerMetrics(
  executor: Pick<Executor, 'rows' | 'tentatively'>,
  steps: readonly MetricStep[],
  target: CheckTarget,
): Promise<Answered> {
  const answers = new MetricAnswers(target.now)
  const refused: { metric: Metric; error: WaterworksError }[] = []
  const seconds = new Map<Metric, number>()
  const answer = async (step: MetricStep): Promise<void> => {
    const started = performance.now()
    if (step.onlyIf !== undefined && answers.has(step.onlyIf) && Number(answers.get(step.onlyIf)) === 0) {
      for (const metric of step.metrics) answers.set(metric, 0)
      return
    }
    try {
      const [row] = await executor.tentatively(() => executor.rows(step.sql))
      if (row === undefined) throw new WaterworksError('WW9001', { message: 'a check query gave no row' })
      step.metrics.forEach((metric, index) => {
        answers.set(metric, row[step.columns[index]!] ?? null)
      })
    } catch (error) {
      if (!(error instanceof WaterworksError) || error.code !== 'WW3001' || isInterrupt(error)) throw error
      const [first, ...others] = step.metrics
      if (first !== undefined && others.length === 0) refused.push({ metric: first, error })
      for (const metric of others.length === 0 ? [] : step.metrics) {
        for (const alone of planMetrics([metric], target).steps) await answer(alone)
      }
    }
    for (const metric of step.metrics) {
      if (!seconds.has(metric)) {
        seconds.set(metric, (performance.now() - started) / 1000 / step.metrics.length)
      }
    }
  }
  const [known, rest] = [
    steps.filter(({ kind }) => kind === 'known'),
    steps.filter(({ kind }) => kind !== 'known'),
  ]
  for (const step of known) await answer(step)
  // What was not known after all joins what the rows are asked for anyway.
  const unknown = known.flatMap(({ metrics }) => metrics).filter((metric) => answers.get(metric) === null)
  const { known: _none, ...rows } = target
  const asked = rest.flatMap(({ metrics }) => metrics)
  for (const step of unknown.length === 0 ? rest : planMetrics([...unknown, ...asked], rows).steps)
    await answer(step)
  return { answers, refused, seconds }
}
