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

function judgement(rule: RowRule, dialect: Dialect): string {
  if (rule.rule === 'expression') return `coalesce(${bracketed(rule.expression)}, true)`
  const column = dialect.identifier(rule.column)
  switch (rule.rule) {
    case 'not_null':
      return `(${column} is not null)`
    case 'is_null':
      return `(${column} is null)`
    case 'accepted_values':
      return `(${column} is null or ${among(column, rule.values, dialect)})`
    case 'rejected_values':
      return `(${column} is null or not ${among(column, rule.values, dialect)})`
    case 'accepted_range':
      return `(${column} is null or ${bounds(column, rule, dialect)})`
    case 'length':
      return `(${column} is null or ${bounds(lengthOf(column), rule, dialect)})`
    case 'matches':
      return `(${column} is null or ${not(rule)}${dialect.matches(column, rule.pattern)})`
    case 'like':
      return `(${column} is null or ${not(rule)}(${text(column)} like ${dialect.literal(rule.pattern)} escape ''))`
    case 'compare':
      return `coalesce(${column} ${rule.operator} ${dialect.identifier(rule.other)}, true)`
  }
}

function not(rule: { readonly not?: boolean }): string {
  return rule.not === true ? 'not ' : ''
}

/** The number of characters of a value as text. */
export function lengthOf(column: string): string {
  return `length(${text(column)})`
}

function text(column: string): string {
  return `cast(${column} as varchar)`
}

/** A NULL among the values is left out: NULL passes anyway, and `in (…, null)` would never be false. */
function among(column: string, values: readonly Scalar[], dialect: Dialect): string {
  const literals = values.filter((value) => value !== null).map((value) => dialect.literal(value))
  return literals.length === 0 ? 'false' : `${column} in (${literals.join(', ')})`
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
