import { isWithin, sayBounds } from './bounds.ts'
import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { describeMetric } from './metrics/describe-metric.ts'
import type { Metric } from './metrics/metric.ts'
import { bracketed } from './where.ts'

/** Bounds on a number about the relation. */
export function metricRule(check: Check, rule: CheckRule & { readonly rule: 'metric' }): CheckCode {
  const { bounds, required } = rule
  const metric = narrowed(rule.metric, check)
  return {
    metrics: [metric],
    verdict: ([value = null]) => {
      const wanted = `should be ${sayBounds(bounds)}`
      if (value === null) {
        return required === true
          ? { failures: 1, problem: `there is no ${describeMetric(metric)}, which ${wanted}` }
          : { failures: 0, problem: undefined }
      }
      return isWithin(value, bounds)
        ? { failures: 0, problem: undefined }
        : { failures: 1, problem: `the ${describeMetric(metric)} ${amount(metric, value)}${wanted}` }
    },
    failingRows: undefined,
  }
}

/** Smallest and largest are values of rows, which no message shows. */
function amount({ metric }: Metric, value: unknown): string {
  return metric === 'min' || metric === 'max' ? '' : `is ${String(value)}, and `
}

/** A metric of the rows that a check judges. */
export function narrowed(metric: Metric, { where }: Check): Metric {
  if (where === undefined) return metric
  return {
    ...metric,
    where: metric.where === undefined ? where : `${bracketed(metric.where)} and ${bracketed(where)}`,
  }
}
