import type { Dialect, Scalar } from '../engines/dialect.ts'
import { includes } from './bounds.ts'
import type { Check, CheckRule } from './check.ts'
import { isRowRule, type RowRule } from './row-rule.ts'
import { bracketed } from './where.ts'

/**
 * SQL that is TRUE for the rows that pass a row rule and FALSE for the others, never NULL. NULL fails `not_null`
 * and passes every other rule; rows outside the check's `where` pass. Undefined for rules that no row can be
 * judged by alone. May follow NOT or stand beside other operators as it is.
 */
export function rowCondition(check: Check, dialect: Dialect): string | undefined {
  return isRowRule(check.rule) ? passingRows(check.rule, check.where, dialect) : undefined
}

/** The condition of `rowCondition`, for a rule known to be a row rule. */
export function passingRows(rule: RowRule, where: string | undefined, dialect: Dialect): string {
  const condition = judgement(rule, dialect)
  return where === undefined ? condition : `case when ${bracketed(where)} then ${condition} else true end`
}

/**
 * SQL that is TRUE for the rows that fail a row rule, and FALSE or NULL for the others: for counting, where what is not true does not
 * count, and a test for NULL would be work for nothing.
 */
export function failingRowsCondition(rule: RowRule, where: string | undefined, dialect: Dialect): string {
  const fails = `not ${demand(rule, dialect)}`
  return where === undefined ? fails : `${bracketed(where)} and ${fails}`
}

function judgement(rule: RowRule, dialect: Dialect): string {
  const demanded = demand(rule, dialect)
  switch (rule.rule) {
    case 'not_null':
    case 'is_null':
      return demanded
    case 'expression':
    case 'compare':
      return `coalesce(${demanded}, true)`
    default:
      return `(${dialect.identifier(rule.column)} is null or ${demanded})`
  }
}

/** What the rule demands of a row; NULL where it demands nothing of it. */
function demand(rule: RowRule, dialect: Dialect): string {
  if (rule.rule === 'expression') return bracketed(rule.expression)
  const column = dialect.identifier(rule.column)
  switch (rule.rule) {
    case 'not_null':
      return `(${column} is not null)`
    case 'is_null':
      return `(${column} is null)`
    case 'accepted_values':
      return among(column, rule.values, dialect) ?? `(${column} is null)`
    case 'rejected_values': {
      const rejected = among(column, rule.values, dialect)
      return rejected === undefined ? 'true' : `(not ${rejected})`
    }
    case 'accepted_range':
      return bounds(column, rule, dialect)
    case 'length':
      return bounds(lengthOf(column), rule, dialect)
    case 'matches':
      return `(${not(rule)}${dialect.matches(column, rule.pattern)})`
    case 'like':
      return `(${not(rule)}(${text(column)} like ${dialect.literal(rule.pattern)}${escaping(rule.pattern)}))`
    case 'compare':
      return `(${column} ${rule.operator} ${dialect.identifier(rule.other)})`
  }
}

function not(rule: { readonly not?: boolean }): string {
  return rule.not === true ? 'not ' : ''
}

/** Some engines take a backslash for an escape unless told otherwise; patterns with an ESCAPE clause are slower to match. */
function escaping(pattern: string): string {
  return pattern.includes('\\') ? " escape ''" : ''
}

/** The number of characters of a value as text. */
export function lengthOf(column: string): string {
  return `length(${text(column)})`
}

function text(column: string): string {
  return `cast(${column} as varchar)`
}

/** A NULL among the values is left out: NULL passes anyway, and `in (…, null)` would never be false. Undefined where nothing is left. */
function among(column: string, values: readonly Scalar[], dialect: Dialect): string | undefined {
  const literals = values.filter((value) => value !== null).map((value) => dialect.literal(value))
  return literals.length === 0 ? undefined : `(${column} in (${literals.join(', ')}))`
}

function bounds(
  value: string,
  {
    min,
    max,
    inclusive,
  }: Pick<CheckRule & { rule: 'length' | 'accepted_range' }, 'min' | 'max' | 'inclusive'>,
  dialect: Dialect,
): string {
  const conditions: string[] = []
  if (min !== undefined && min !== null) {
    conditions.push(`${value} >${includes(inclusive, 'min') ? '=' : ''} ${dialect.literal(min)}`)
  }
  if (max !== undefined && max !== null) {
    conditions.push(`${value} <${includes(inclusive, 'max') ? '=' : ''} ${dialect.literal(max)}`)
  }
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`
}
