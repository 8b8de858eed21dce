import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { rowBounds } from './describe-rule.ts'
import { filterClause } from './where.ts'

/** The number of rows within bounds, which are both accepted. */
export function rowCountRule(check: Check, rule: CheckRule & { readonly rule: 'row_count' }): CheckCode {
  const { min = 0, max = Number.POSITIVE_INFINITY } = rule
  return {
    measures: [`count(*)${filterClause(check)}`],
    verdict: ([rows = 0]) =>
      rows >= min && rows <= max
        ? { failures: 0, problem: undefined }
        : { failures: 1, problem: `the number of rows is ${rows}, and should be ${rowBounds(rule)}` },
    failingRows: undefined,
  }
}
