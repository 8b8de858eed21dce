import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted, describeRule } from './describe-rule.ts'
import { passingRows, type RowRule } from './row-condition.ts'
import { filterClause } from './where.ts'

/** A rule over single rows: what fails is counted in the scan that all such rules share. */
export function rowRule(
  check: Check,
  rule: Exclude<RowRule, { readonly rule: 'accepted_values' }>,
  target: CheckTarget,
): CheckCode {
  const fails = `not ${passingRows(rule, check.where, target.dialect)}`
  const failing =
    rule.rule === 'not_null'
      ? nulls(check, target.dialect.identifier(rule.column))
      : `count(*) filter (where ${fails})`
  return {
    measures: [failing],
    verdict: ([rows = 0]) => ({
      failures: rows,
      problem: rows === 0 ? undefined : `not so in ${counted(rows, 'row')}: ${describeRule(rule)}`,
    }),
    failingRows: `select * from ${target.from} where ${fails}`,
  }
}

/** Engines answer a plain count from statistics, without reading the column. */
function nulls(check: Check, column: string): string {
  const filter = filterClause(check)
  return `count(*)${filter} - count(${column})${filter}`
}
