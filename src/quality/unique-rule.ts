import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted } from './describe-rule.ts'
import { whereClause } from './where.ts'

/** As dbt counts it: a key that occurs more than once is one failure; keys with a NULL are left out. */
export function uniqueRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'unique' },
  { from, dialect }: CheckTarget,
): CheckCode {
  const columns = rule.columns.map((column) => dialect.identifier(column))
  const where = whereClause(check, ...columns.map((column) => `${column} is not null`))
  const key = columns.join(', ')
  const repeated = `from ${from}${where} group by ${key} having count(*) > 1`
  return {
    measures: ['count(*)', 'coalesce(sum(occurrences), 0)'],
    from: `(select count(*) as occurrences ${repeated}) as repeated`,
    verdict: ([keys = 0, rows = 0]) => ({
      failures: keys,
      problem:
        keys === 0
          ? undefined
          : `${counted(keys, 'value')} of ${rule.columns.join(', ')} ${keys === 1 ? 'occurs' : 'occur'} more than once, in ${counted(rows, 'row')}`,
    }),
    failingRows:
      `select * from ${from}${whereClause(check, `(${key}) in (select ${key} ${repeated})`)}` +
      ` order by ${key}`,
  }
}
