import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted, describeRule } from './describe-rule.ts'
import { whereClause } from './where.ts'

/** As dbt counts it: every row whose value is missing from the parent is a failure; NULL is none. */
export function relationshipsRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'relationships' },
  { from, dialect }: CheckTarget,
): CheckCode {
  const column = dialect.identifier(rule.column)
  const field = dialect.identifier(rule.field)
  const judged = `from ${from}${whereClause(check, `${column} is not null`)}`
  const orphaned =
    `not exists (select 1 from ${dialect.relation(rule.to)} as parent` +
    ` where parent.${field} = child.${column})`
  return {
    measures: ['count(*)'],
    from: `(select ${column} ${judged}) as child where ${orphaned}`,
    verdict: ([orphans = 0]) => ({
      failures: orphans,
      problem:
        orphans === 0 ? undefined : `not so in ${counted(orphans, 'row')}: ${describeRule(check.rule)}`,
    }),
    failingRows: `select * from (select * ${judged}) as child where ${orphaned}`,
  }
}
