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
    for (const part of derivationOf(metric)?.needs ?? [metric]) asked.set(metricKey(part), part)
  }
  const groups = new Map<
    string,
    { kind: StepKind; from: string; parts: { metric: Metric; value: string }[] }
  >()
  for (const metric of asked.values()) {
    const known = target.known && knownValue(metric, target.known)
    if (target.known && known !== undefined) {
      const group = groups.get('known') ?? { kind: 'known', from: target.known.from, parts: [] }
      group.parts.push({ metric, value: known })
      groups.set('known', group)
      continue
    }
    const { value, from, fromStatistics } = metricCode(metric, target)
    const kind: StepKind =
      from !== undefined
        ? 'apart'
        : fromStatistics === true && target.dialect.knowsExtremes
          ? 'statistics'
          : 'scan'
    const key = `${kind} ${from ?? ''}`
    const group = groups.get(key) ?? { kind, from: from ?? target.from, parts: [] }
    group.parts.push({ metric, value })
    groups.set(key, group)
  }
  const steps = [...groups.values()].map(({ kind, from, parts }) => step(kind, from, parts))
  return { steps: ORDER.flatMap((kind) => steps.filter((one) => one.kind === kind)) }
}

const ORDER: readonly StepKind[] = ['known', 'statistics', 'scan', 'apart']

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
