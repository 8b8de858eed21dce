import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { countIn } from './count-in.ts'
import { counted, describeRule } from './describe-rule.ts'
import { judgeRows } from './judge-rows.ts'
import { judgedRows } from './judged-rows.ts'
import { passingRows } from './row-condition.ts'
import type { RowRule } from './row-rule.ts'
import { within } from './where.ts'

/**
 * As dbt counts it: a value that is not accepted is one failure, however many rows have it. With a tolerance, which is of rows, rows
 * are counted, as by every other rule on rows.
 */
export function acceptedValuesRule(
  check: Check,
  rule: RowRule & { readonly rule: 'accepted_values' },
  target: CheckTarget,
): CheckCode {
  const fails = `not ${passingRows(rule, check.where, target.dialect)}`
  const failingRows = `select * from ${target.from} where ${fails}`
  if (check.tolerance !== undefined) return judgeRows(check, rule, target)
  return {
    metrics: [
      { metric: 'failing_values', rule, ...within(check) },
      { metric: 'failing_count', rule, ...within(check) },
      judgedRows(check, rule),
    ],
    verdict: (measured) => {
      const [values, rows] = [countIn(measured), countIn(measured, 1)]
      return {
        failures: values,
        problem:
          values === 0
            ? undefined
            : `${counted(values, 'other value')} in ${counted(rows, 'row')}, but ${describeRule(rule)}`,
      }
    },
    failingRows,
  }
}
