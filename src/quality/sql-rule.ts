import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { counted } from './describe-rule.ts'
import { whereClause } from './where.ts'

/** A query whose rows are failures, as dbt's singular tests are. */
export function sqlRule(check: Check, rule: CheckRule & { readonly rule: 'sql' }): CheckCode {
  const query = rule.sql.trim().replace(/;$/, '')
  const failing = `(\n${query}\n) as failing${whereClause(check)}`
  return {
    measures: ['count(*)'],
    from: failing,
    verdict: ([rows = 0]) => ({
      failures: rows,
      problem: rows === 0 ? undefined : `the query returns ${counted(rows, 'row')}`,
    }),
    failingRows: `select * from ${failing}`,
  }
}
