import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted, describeRule } from './describe-rule.ts'
import { filterClause } from './where.ts'

const MILLISECONDS_PER_HOUR = 3_600_000

/** The newest value against the run's clock. No value at all fails: nothing shows that the data is recent. */
export function recencyRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'recency' },
  { dialect, now }: CheckTarget,
): CheckCode {
  const instant = dialect.typeName({ kind: 'timestamptz' })
  const oldest = new Date(Date.parse(now) - rule.hours * MILLISECONDS_PER_HOUR).toISOString()
  const newest = `max(${dialect.identifier(rule.column)})${filterClause(check)}`
  return {
    measures: [
      `case when ${newest} is null then ${NO_VALUE}` +
        ` when cast(${newest} as ${instant}) >= cast(${dialect.literal(oldest)} as ${instant}) then ${RECENT}` +
        ` else ${STALE} end`,
    ],
    verdict: ([age]) => {
      if (age === RECENT) return { failures: 0, problem: undefined }
      const problem =
        age === NO_VALUE
          ? `there is no ${rule.column}, but ${describeRule(rule)}`
          : `the newest ${rule.column} is more than ${counted(rule.hours, 'hour')} old`
      return { failures: 1, problem }
    },
    failingRows: undefined,
  }
}

const RECENT = 0
const STALE = 1
const NO_VALUE = 2
