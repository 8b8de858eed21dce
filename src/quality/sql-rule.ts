import type { Check, CheckRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import { counted } from './describe-rule.ts'
import { whereClause } from './where.ts'

/**
 * A query whose rows are failures, as dbt's tests are. Where it says how they are counted and what is too much, the engine judges that,
 * as the words are SQL.
 */
export function sqlRule(check: Check, rule: CheckRule & { readonly rule: 'sql' }): CheckCode {
  const { failCalc, warnIf, errorIf, limit } = rule
  const query = rule.sql.trim().replace(/;$/, '')
  const all = `(\n${query}\n) as failing${whereClause(check)}`
  const failing = limit === undefined ? all : `(select * from ${all} limit ${limit}) as failing`
  const failingRows = `select * from ${failing}`
  if (failCalc === undefined && warnIf === undefined && errorIf === undefined) {
    return { measures: ['count(*)'], from: failing, verdict: ([rows = 0]) => verdictOf(rows), failingRows }
  }
  const failures = `coalesce(${failCalc ?? 'count(*)'}, 0)`
  const holds = (condition: string) => `case when ${failures} ${condition} then 1 else 0 end`
  return {
    measures: [failures, holds(errorIf ?? '!= 0'), holds(warnIf ?? '!= 0')],
    from: failing,
    verdict: ([found = 0, isError = 0, isWarning = 0]) => ({
      ...verdictOf(found),
      verdict: { isError: isError === 1, isWarning: isWarning === 1 },
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
