import type { Dialect } from '../engines/dialect.ts'
import { includes } from '../quality/bounds.ts'
import type { CheckRule } from '../quality/check.ts'
import type { TestRule } from './generic-tests.ts'

/** What a query needs of a dialect: names and literals. */
export type QueryDialect = Pick<Dialect, 'relation' | 'identifier' | 'literal'>

/** A rule whose tables are already written as SQL, as CTEs have no relation. */
export type RenderedRule =
  | Extract<CheckRule, { readonly rule: Exclude<TestRule, 'relationships'> }>
  | { readonly rule: 'relationships'; readonly column: string; readonly to: string; readonly field: string }

/**
 * A query whose rows are a rule's failures, over a table written as SQL: for checks of ephemeral models, which no
 * relation holds. Undefined for the rules that need more of a dialect (recency, matches).
 */
export function checkQuery(
  rule: RenderedRule,
  table: string,
  where: string | undefined,
  dialect: QueryDialect,
): string | undefined {
  const from = where === undefined ? table : `(select * from ${table} where ${bracketed(where)}) as checked`
  const column = 'column' in rule ? dialect.identifier(rule.column) : ''
  switch (rule.rule) {
    case 'not_null':
      return `select * from ${from} where ${column} is null`
    case 'unique': {
      const columns = rule.columns.map((name) => dialect.identifier(name))
      const present = columns.map((name) => `${name} is not null`).join(' and ')
      const list = columns.join(', ')
      return `select ${list} from ${from} where ${present} group by ${list} having count(*) > 1`
    }
    case 'accepted_values': {
      const values = rule.values.filter((value) => value !== null).map((value) => dialect.literal(value))
      const others = values.length === 0 ? '' : ` and ${column} not in (${values.join(', ')})`
      // One row for each value, as dbt counts them.
      return `select ${column}, count(*) as row_count from ${from} where ${column} is not null${others} group by ${column}`
    }
    case 'accepted_range': {
      const below = includes(rule.inclusive, 'min') ? '<' : '<='
      const above = includes(rule.inclusive, 'max') ? '>' : '>='
      const bounds = [
        rule.min === undefined ? [] : [`${column} ${below} ${dialect.literal(rule.min)}`],
        rule.max === undefined ? [] : [`${column} ${above} ${dialect.literal(rule.max)}`],
      ].flat()
      return `select * from ${from} where ${bounds.join(' or ')}`
    }
    case 'expression':
      return `select * from ${from} where not ${bracketed(rule.expression)}`
    case 'relationships': {
      const field = dialect.identifier(rule.field)
      const found = `select ${field} from ${rule.to} where ${field} is not null`
      return `select * from ${from} where ${column} is not null and ${column} not in (${found})`
    }
    case 'row_count': {
      const bounds = [
        rule.min === undefined ? [] : [`count(*) < ${rule.min}`],
        rule.max === undefined ? [] : [`count(*) > ${rule.max}`],
      ].flat()
      return `select count(*) as row_count from ${from} having ${bounds.join(' or ')}`
    }
    case 'recency':
    case 'matches':
      return undefined
  }
}

/** The line break keeps a trailing comment from swallowing the bracket. */
function bracketed(sql: string): string {
  return sql.includes('--') ? `(${sql}\n)` : `(${sql})`
}
