import type { Check } from '../../quality/check.ts'
import type { Metric } from '../../quality/metrics/metric.ts'
import { volatileCall } from '../../sql/volatile-call.ts'

/** Why a check may answer otherwise though what it judges is the same; undefined where it may not. */
export function volatileRule({ rule, where }: Check): string | undefined {
  const metrics =
    rule.rule === 'metric' ? [rule.metric] : rule.rule === 'agrees' ? [rule.metric, rule.other] : []
  if (rule.rule === 'recency' || metrics.some(({ metric }) => metric === 'age_hours')) {
    return 'asks how long ago something was'
  }
  const expressions = rule.rule === 'expression' ? [rule.expression] : metrics.flatMap(sqlOf)
  const written = [where, ...expressions]
  const call = written.map((sql) => sql && volatileCall(sql)).find((found) => found)
  return call ? `uses ${call}` : undefined
}

function sqlOf(metric: Metric): readonly (string | undefined)[] {
  return [metric.where, metric.metric === 'aggregate' ? metric.sql : undefined]
}
