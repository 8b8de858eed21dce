import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted, describeRule } from './describe-rule.ts'
import { within } from './where.ts'

const SECONDS_PER_HOUR = 3600

/** The newest value against the run's clock. No value at all fails: nothing shows that the data is recent. */
export function recencyRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'recency' },
  { now }: Pick<CheckTarget, 'now'>,
): CheckCode {
  const oldest = Date.parse(now) / 1000 - rule.hours * SECONDS_PER_HOUR
  return {
    metrics: [{ metric: 'newest', column: rule.column, ...within(check) }],
    verdict: ([newest]) => {
      if (newest === null || newest === undefined) {
        return { failures: 1, problem: `there is no ${rule.column}, but ${describeRule(rule)}` }
      }
      if (Number(newest) >= oldest) return { failures: 0, problem: undefined }
      return {
        failures: 1,
        problem: `the newest ${rule.column} is more than ${counted(rule.hours, 'hour')} old`,
      }
    },
    failingRows: undefined,
  }
}
