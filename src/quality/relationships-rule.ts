import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { countIn } from './count-in.ts'
import { counted, describeRule } from './describe-rule.ts'
import type { Metric } from './metrics/metric.ts'
import { orphansOf } from './metrics/orphans-of.ts'
import { within } from './where.ts'

/** As dbt counts it: every row whose value is missing from the parent is a failure; NULL is none. */
export function relationshipsRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'relationships' },
  { from, dialect }: CheckTarget,
): CheckCode {
  const { column, to, field } = rule
  const orphans: Metric = { metric: 'orphan_count', column, to, field, ...within(check) }
  const isTolerant = check.tolerance !== undefined
  return {
    metrics: isTolerant ? [orphans, { metric: 'row_count', ...within(check) }] : [orphans],
    verdict: (values) => {
      const rows = countIn(values)
      return {
        failures: rows,
        ...(isTolerant ? { judged: countIn(values, 1) } : {}),
        problem: rows === 0 ? undefined : `not so in ${counted(rows, 'row')}: ${describeRule(rule)}`,
      }
    },
    failingRows: `select * from ${orphansOf({ ...rule, ...within(check) }, '*', from, dialect)}`,
  }
}
