import { isSignificant, tokenize } from '../sql/tokenize.ts'

/** An ephemeral model's query, to be folded into the queries that read it. */
export interface Cte {
  readonly name: string
  readonly sql: string
}

/** The name under which an ephemeral model stands in the queries that read it; dbt's, for its users' macros. */
export function cteName(model: string): string {
  return `__dbt__cte__${model}`
}

/**
 * The query with the CTEs before its own: in its WITH (after RECURSIVE, where it says so) or in one of their own. A WITH
 * further inside, in a string or in a comment is not the query's, and stays as it is.
 */
export function injectCtes(sql: string, ctes: readonly Cte[]): string {
  if (ctes.length === 0) return sql
  const texts = ctes.map((cte) => ` ${cte.name} as (\n${withoutSemicolon(cte.sql)}\n)`).join(',')
  const end = endOfWith(sql)
  return end === undefined ? `with${texts} ${sql}` : `${sql.slice(0, end)}${texts}, ${sql.slice(end)}`
}

/** Where the query's own WITH or WITH RECURSIVE ends; undefined when it has none. */
function endOfWith(sql: string): number | undefined {
  const [first, second] = tokenize(sql).filter(isSignificant)
  const says = (token: typeof first, word: string) =>
    token?.kind === 'word' && sql.slice(token.start, token.end).toLowerCase() === word
  if (!first || !says(first, 'with')) return undefined
  return second && says(second, 'recursive') ? second.end : first.end
}

/** A semicolon at the end is harmless in a query of its own, and a syntax error inside another. */
function withoutSemicolon(sql: string): string {
  const last = tokenize(sql).findLast(isSignificant)
  return last && sql.slice(last.start, last.end) === ';'
    ? sql.slice(0, last.start) + sql.slice(last.end)
    : sql
}
