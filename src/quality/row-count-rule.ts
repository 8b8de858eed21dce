import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { countIn } from './count-in.ts'
import { rowBounds } from './describe-rule.ts'
import { within } from './where.ts'

/** The number of rows within bounds, which are both accepted. */
export function rowCountRule(check: Check, rule: CheckRule & { readonly rule: 'row_count' }): CheckCode {
  const { min = 0, max = Number.POSITIVE_INFINITY } = rule
  return {
    metrics: [{ metric: 'row_count', ...within(check) }],
    verdict: (values) => {
      const rows = countIn(values)
      return rows >= min && rows <= max
        ? { failures: 0, problem: undefined }
        : { failures: 1, problem: `the number of rows is ${rows}, and should be ${rowBounds(rule)}` }
    },
    failingRows: undefined,
  }
}
