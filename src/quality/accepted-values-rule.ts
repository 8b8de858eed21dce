import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted, describeRule } from './describe-rule.ts'
import { passingRows } from './row-condition.ts'

/** As dbt counts it: a value that is not accepted is one failure, however many rows have it. */
export function acceptedValuesRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'accepted_values' },
  { from, dialect }: CheckTarget,
): CheckCode {
  const fails = `not ${passingRows(rule, check.where, dialect)}`
  const filter = `filter (where ${fails})`
  return {
    measures: [`count(distinct ${dialect.identifier(rule.column)}) ${filter}`, `count(*) ${filter}`],
    verdict: ([values = 0, rows = 0]) => ({
      failures: values,
      problem:
        values === 0
          ? undefined
          : `${counted(values, 'other value')} in ${counted(rows, 'row')}, but ${describeRule(rule)}`,
    }),
    failingRows: `select * from ${from} where ${fails}`,
  }
}
