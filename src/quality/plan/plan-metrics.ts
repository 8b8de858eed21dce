import type { CheckTarget } from '../check-target.ts'
import { derivationOf } from '../metrics/derived-metric.ts'
import type { Metric } from '../metrics/metric.ts'
import { metricCode } from '../metrics/metric-code.ts'
import { metricKey } from '../metrics/metric-key.ts'
import { knownValue } from './known-value.ts'
import type { MetricPlan, MetricStep, StepKind } from './metric-plan.ts'

/**
 * The cheapest way to answer metrics of one relation: each is asked once, whoever needs it; smallest and largest values by themselves,
 * as an engine may know them; what one pass over the rows can tell in one pass; what groups or joins, last, one query for each grouping.
 */
export function planMetrics(metrics: readonly Metric[], target: CheckTarget): MetricPlan {
  const asked = new Map<string, Metric>()
  for (const metric of metrics) {
    for (const part of partsOf(metric)) asked.set(metricKey(part), part)
  }
  const groups = Map.groupBy(
    [...asked.values()].map((metric) => place(metric, target)),
    ({ kind, from, onlyIf }) => `${kind} ${from} ${onlyIf === undefined ? '' : metricKey(onlyIf)}`,
  )
  const steps = [...groups.values()].map((parts) => {
    const { kind, from, onlyIf } = parts[0]!
    return { ...step(kind, from, parts), ...(onlyIf === undefined ? {} : { onlyIf }) }
  })
  return { steps: ORDER.flatMap((kind) => steps.filter((one) => one.kind === kind)) }
}

const ORDER: readonly StepKind[] = ['known', 'statistics', 'scan', 'values', 'apart']

/** What is asked of an engine for a metric. */
function partsOf(metric: Metric): readonly Metric[] {
  return metric.metric === 'failing_values'
    ? [metric, failingCount(metric)]
    : (derivationOf(metric)?.needs ?? [metric])
}

interface Placed {
  readonly metric: Metric
  readonly value: string
  readonly kind: StepKind
  readonly from: string
  readonly onlyIf?: Metric
}

/** Where a metric is answered. */
function place(metric: Metric, target: CheckTarget): Placed {
  const known = target.known && knownValue(metric, target.known)
  if (target.known && known !== undefined) {
    return { metric, value: known, kind: 'known', from: target.known.from }
  }
  const { value, from, fromStatistics } = metricCode(metric, target)
  const placed = { metric, value, from: from ?? target.from }
  if (metric.metric === 'failing_values') return { ...placed, kind: 'values', onlyIf: failingCount(metric) }
  if (from !== undefined) return { ...placed, kind: 'apart' }
  return { ...placed, kind: fromStatistics === true && target.dialect.knowsExtremes ? 'statistics' : 'scan' }
}

function failingCount({ metric: _values, ...like }: Extract<Metric, { metric: 'failing_values' }>): Metric {
  return { ...like, metric: 'failing_count' }
}

function step(
  kind: StepKind,
  from: string,
  parts: readonly { readonly metric: Metric; readonly value: string }[],
): MetricStep {
  const columns = parts.map((_, index) => `c${index}`)
  const selected = parts.map(({ value }, index) => `${value} as ${columns[index]!}`)
  return {
    kind,
    sql: `select\n  ${selected.join(',\n  ')}\nfrom ${from}`,
    metrics: parts.map(({ metric }) => metric),
    columns,
  }
}

/** One pass that answers metrics for each segment, as a row. Wants what a pass over rows can tell. */
export function planSegments(
  metrics: readonly Metric[],
  by: readonly string[],
  target: CheckTarget,
): MetricStep {
  const parts = metrics.flatMap((metric) => derivationOf(metric)?.needs ?? [metric])
  const asked = [...new Map(parts.map((part) => [metricKey(part), part])).values()]
  const keys = by.map((column) => target.dialect.identifier(column)).join(', ')
  return step(
    'segments',
    `${target.from} group by ${keys}`,
    asked.map((metric) => ({ metric, value: metricCode(metric, target).value })),
  )
}
