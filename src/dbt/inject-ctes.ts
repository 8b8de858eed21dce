import { isSignificant, tokenize } from '../sql/tokenize.ts'

/** An ephemeral model's query, to be folded into the queries that read it. */
export interface Cte {
  /** Unique id of the ephemeral model. */
  readonly id: string
  readonly name: string
  readonly sql: string
}

/** The name under which an ephemeral model stands in the queries that read it; dbt's, for its users' macros. */
export function cteName(model: string): string {
  return `__dbt__cte__${model}`
}

/** That of a node: by its alias, as versions of a model have one name and several aliases. */
export function cteNameOf(node: { readonly name: string; readonly alias?: string }): string {
  return cteName(node.alias ?? node.name)
}

/**
 * The query with the CTEs before its own: in its WITH (after RECURSIVE, where it says so) or in one of their own. A WITH
 * further inside, in a string or in a comment is not the query's, and stays as it is. White space is dbt's.
 */
export function injectCtes(sql: string, ctes: readonly Cte[]): string {
  if (ctes.length === 0) return sql
  const texts = ctes.map(cteText).join(', ')
  const end = endOfWith(sql)
  const at = end === undefined ? startOfText(sql, 0) : startOfText(sql, end)
  const [before, after] = [sql.slice(0, at), sql.slice(at)]
  return end === undefined ? `${before}with${texts} ${after}` : `${before}${texts}, ${after}`
}

/** A CTE as it stands in a query, and as a manifest keeps it. */
export function cteText({ name, sql }: Cte): string {
  return ` ${name} as (\n${withoutSemicolon(sql)}\n)`
}

function startOfText(sql: string, from: number): number {
  const rest = sql.slice(from)
  return from + rest.length - rest.trimStart().length
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
