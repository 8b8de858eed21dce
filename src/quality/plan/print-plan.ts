import { describeMetric } from '../metrics/describe-metric.ts'
import type { MetricStep, StepKind } from './metric-plan.ts'

/** A plan for people: each query, why it is one, and what it answers. */
export function printPlan(steps: readonly MetricStep[]): string {
  const parts = steps.map(({ kind, metrics, sql }, index) =>
    [
      `${index + 1}. ${REASONS[kind]}`,
      ...metrics.map((metric) => `   - the ${describeMetric(metric)}`),
      ...sql.split('\n').map((line) => `     ${line}`),
    ].join('\n'),
  )
  return parts.length === 0 ? 'nothing is asked' : parts.join('\n\n')
}

const REASONS: Readonly<Record<StepKind, string>> = {
  known: 'from the footers of files; what they do not say exactly is asked of the rows',
  statistics: 'from statistics, where the engine has them',
  values: 'a pass over the rows, only if rows fail',
  scan: 'one pass over the rows',
  segments: 'one pass over the rows, by segment',
  apart: 'a query of its own',
}
