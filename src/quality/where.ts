import type { Check } from './check.ts'

/** User SQL in brackets; the line break keeps a trailing `--` comment from swallowing the bracket. */
export function bracketed(sql: string): string {
  return sql.includes('--') ? `(${sql}\n)` : `(${sql})`
}

/** An aggregate's FILTER clause that keeps to the rows a check judges, with its leading space; or nothing. */
export function filterClause(check: Check): string {
  return check.where === undefined ? '' : ` filter (where ${bracketed(check.where)})`
}

/** The given conditions and the check's own, as a WHERE clause with its leading space; or nothing. */
export function whereClause(check: Check, ...conditions: readonly string[]): string {
  const all = check.where === undefined ? conditions : [bracketed(check.where), ...conditions]
  return all.length === 0 ? '' : ` where ${all.join(' and ')}`
}
