import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { compileCheck } from './compile-check.ts'

/** A check whose numbers stand in the columns `columns` of its query's one row. */
export interface CompiledCheck {
  readonly check: Check
  readonly columns: readonly string[]
  readonly verdict: CheckCode['verdict']
}

/** A query of one row that answers its checks; `evaluate` reads each of them. */
export interface CheckQuery {
  readonly sql: string
  readonly checks: readonly CompiledCheck[]
}

/**
 * Checks of one relation as few queries as can be: row rules, recency and row counts share one scan of the
 * relation; `unique`, `relationships` and `sql` have a query each. When the engine refuses a shared query,
 * compiling its checks one by one tells which of them is to blame.
 */
export function compileChecks(checks: readonly Check[], target: CheckTarget): readonly CheckQuery[] {
  const shared: Compiled[] = []
  const queries: CheckQuery[] = []
  for (const check of checks) {
    const code = compileCheck(check, target)
    if (code.from === undefined) shared.push({ check, code })
    else queries.push(query([{ check, code }], code.from))
  }
  return shared.length === 0 ? queries : [query(shared, target.from), ...queries]
}

interface Compiled {
  readonly check: Check
  readonly code: CheckCode
}

function query(compiled: readonly Compiled[], from: string): CheckQuery {
  const measures: string[] = []
  const checks = compiled.map(({ check, code }) => {
    const columns = code.measures.map((measure) => `c${measures.push(measure) - 1}`)
    return { check, columns, verdict: code.verdict }
  })
  const selected = measures.map((measure, index) => `${measure} as c${index}`)
  return { sql: `select\n  ${selected.join(',\n  ')}\nfrom ${from}`, checks }
}
