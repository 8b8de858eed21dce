import type { Scalar } from '../engines/dialect.ts'
import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { narrowed } from './metric-rule.ts'
import { describeMetric } from './metrics/describe-metric.ts'

/** Two numbers beside each other: what a source has against what the warehouse has. Where only one of them exists, they disagree. */
export function agreesRule(check: Check, rule: CheckRule & { readonly rule: 'agrees' }): CheckCode {
  const { other, within } = rule
  const metric = narrowed(rule.metric, check)
  return {
    metrics: [metric, other],
    verdict: ([value = null, against = null]) => {
      const apart = distance(value, against, within)
      if (apart <= ('percent' in within ? within.percent : within.amount)) {
        return { failures: 0, problem: undefined }
      }
      const allowed = 'percent' in within ? `${within.percent} %` : String(within.amount)
      const names = `the ${describeMetric(metric)} and the ${describeMetric(other)}`
      return { failures: 1, problem: `${names} are more than ${allowed} apart` }
    },
    failingRows: undefined,
  }
}

/** How far apart two numbers are; exactly, where they are whole. */
function distance(
  value: Scalar,
  against: Scalar,
  within: { readonly percent: number } | { readonly amount: number },
): number {
  if (value === null || against === null) return value === against ? 0 : Number.POSITIVE_INFINITY
  const apart = Math.abs(difference(value, against))
  if (!('percent' in within) || apart === 0) return apart
  return (apart / Math.abs(Number(against))) * 100
}

function difference(value: Exclude<Scalar, null>, against: Exclude<Scalar, null>): number {
  const [a, b] = [String(value), String(against)]
  if (a === b) return 0
  return WHOLE.test(a) && WHOLE.test(b) ? Number(BigInt(a) - BigInt(b)) : Number(value) - Number(against)
}

const WHOLE = /^-?\d+$/
