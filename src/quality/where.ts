import type { Check } from './check.ts'

/** User SQL in brackets; the line break keeps a trailing `--` comment from swallowing the bracket. */
export function bracketed(sql: string): string {
  return sql.includes('--') ? `(${sql}\n)` : `(${sql})`
}

/** A check's condition on the rows it judges, for its metrics. */
export function within({ where }: Check): { readonly where?: string } {
  return where === undefined ? {} : { where }
}

/** The given conditions and the check's own, as a WHERE clause with its leading space; or nothing. */
export function whereClause(check: Check, ...conditions: readonly string[]): string {
  const all = check.where === undefined ? conditions : [bracketed(check.where), ...conditions]
  return all.length === 0 ? '' : ` where ${all.join(' and ')}`
}
