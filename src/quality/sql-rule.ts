import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { countIn } from './count-in.ts'
import { counted } from './describe-rule.ts'
import type { Metric } from './metrics/metric.ts'
import { whereClause } from './where.ts'

/**
 * A query whose rows are failures, as dbt's tests are. Where it says how they are counted and what is too much, the engine judges that,
 * as the words are SQL.
 */
export function sqlRule(check: Check, rule: CheckRule & { readonly rule: 'sql' }): CheckCode {
  const { failCalc, warnIf, errorIf, limit } = rule
  const query = rule.sql.trim().replace(/;$/, '')
  const all = `(\n${query}\n) as failing${whereClause(check)}`
  const from = limit === undefined ? all : `(select * from ${all} limit ${limit}) as failing`
  const failingRows = `select * from ${from}`
  const over = (sql: string): Metric => ({ metric: 'aggregate', sql, from })
  if (failCalc === undefined && warnIf === undefined && errorIf === undefined) {
    return { metrics: [over('count(*)')], verdict: (values) => verdictOf(countIn(values)), failingRows }
  }
  const failures = `coalesce(${failCalc ?? 'count(*)'}, 0)`
  const holds = (condition: string) => over(`case when ${failures} ${condition} then 1 else 0 end`)
  return {
    metrics: [over(failures), holds(errorIf ?? '!= 0'), holds(warnIf ?? '!= 0')],
    verdict: (values) => ({
      ...verdictOf(countIn(values)),
      verdict: { isError: countIn(values, 1) === 1, isWarning: countIn(values, 2) === 1 },
    }),
    failingRows,
  }
}

function verdictOf(failures: number) {
  return {
    failures,
    problem: failures === 0 ? undefined : `the query returns ${counted(failures, 'row')}`,
  }
}
