import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { countIn } from './count-in.ts'
import { counted } from './describe-rule.ts'
import type { Metric } from './metrics/metric.ts'
import { whereClause, within } from './where.ts'

/**
 * As dbt counts it: a key that occurs more than once is one failure; keys with a NULL are left out. With a tolerance, which is of rows,
 * the rows of such keys are counted.
 */
export function uniqueRule(
  check: Check,
  rule: CheckRule & { readonly rule: 'unique' },
  { from, dialect }: CheckTarget,
): CheckCode {
  const columns = rule.columns.map((column) => dialect.identifier(column))
  const where = whereClause(check, ...columns.map((column) => `${column} is not null`))
  const key = columns.join(', ')
  const repeated = `from ${from}${where} group by ${key} having count(*) > 1`
  const metrics: readonly Metric[] = [
    { metric: 'duplicate_keys', columns: rule.columns, ...within(check) },
    { metric: 'duplicate_count', columns: rule.columns, ...within(check) },
  ]
  const isTolerant = check.tolerance !== undefined
  return {
    metrics: isTolerant ? [...metrics, { metric: 'row_count', ...within(check) }] : metrics,
    verdict: (values) => {
      const [keys, rows] = [countIn(values), countIn(values, 1)]
      const problem =
        keys === 0
          ? undefined
          : `${counted(keys, 'value')} of ${rule.columns.join(', ')} ${keys === 1 ? 'occurs' : 'occur'} more than once, in ${counted(rows, 'row')}`
      return isTolerant
        ? { failures: rows, judged: countIn(values, 2), problem }
        : { failures: keys, problem }
    },
    failingRows:
      `select * from ${from}${whereClause(check, `(${key}) in (select ${key} ${repeated})`)}` +
      ` order by ${key}`,
  }
}
