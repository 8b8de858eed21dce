import type { Check } from '../../quality/check.ts'
import { volatileCall } from '../../sql/volatile-call.ts'

/** Why a check may answer otherwise though what it judges is the same; undefined where it may not. */
export function volatileRule({ rule, where }: Check): string | undefined {
  if (rule.rule === 'recency') return 'asks how long ago something was'
  const written = rule.rule === 'expression' ? [where, rule.expression] : [where]
  const call = written.map((sql) => sql && volatileCall(sql)).find((found) => found)
  return call ? `uses ${call}` : undefined
}
