import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { countIn } from './count-in.ts'
import { counted, describeRule } from './describe-rule.ts'
import { judgedRows } from './judged-rows.ts'
import { passingRows } from './row-condition.ts'
import type { RowRule } from './row-rule.ts'
import { within } from './where.ts'

/** A rule over single rows: what fails is counted in the scan that all such rules share. */
export function judgeRows(check: Check, rule: RowRule, { from, dialect }: CheckTarget): CheckCode {
  return {
    metrics: [{ metric: 'failing_count', rule, ...within(check) }, judgedRows(check, rule)],
    verdict: (values) => {
      const rows = countIn(values)
      return {
        failures: rows,
        judged: countIn(values, 1),
        problem: rows === 0 ? undefined : `not so in ${counted(rows, 'row')}: ${describeRule(rule)}`,
      }
    },
    failingRows: `select * from ${from} where not ${passingRows(rule, check.where, dialect)}`,
  }
}
