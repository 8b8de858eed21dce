import type { Dialect } from '../engines/dialect.ts'
import type { Check, CheckRule } from './check.ts'
import { bracketed } from './where.ts'

/** The rules that judge each row alone. */
export type RowRule = Extract<
  CheckRule,
  { readonly rule: 'not_null' | 'accepted_values' | 'accepted_range' | 'matches' | 'expression' }
>

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

function isRowRule(rule: CheckRule): rule is RowRule {
  switch (rule.rule) {
    case 'not_null':
    case 'accepted_values':
    case 'accepted_range':
    case 'matches':
    case 'expression':
      return true
    default:
      return false
  }
}

function judgement(rule: RowRule, dialect: Dialect): string {
  if (rule.rule === 'expression') return `coalesce(${bracketed(rule.expression)}, true)`
  const column = dialect.identifier(rule.column)
  switch (rule.rule) {
    case 'not_null':
      return `(${column} is not null)`
    case 'accepted_values':
      return `(${column} is null or ${acceptance(column, rule, dialect)})`
    case 'accepted_range':
      return `(${column} is null or ${bounds(column, rule, dialect)})`
    case 'matches':
      return `(${column} is null or ${dialect.matches(column, rule.pattern)})`
  }
}

/** A NULL among the values is left out: NULL passes anyway, and `in (…, null)` would never be false. */
function acceptance(column: string, rule: RowRule & { rule: 'accepted_values' }, dialect: Dialect): string {
  const literals = rule.values.filter((value) => value !== null).map((value) => dialect.literal(value))
  return literals.length === 0 ? 'false' : `${column} in (${literals.join(', ')})`
}

function bounds(column: string, rule: RowRule & { rule: 'accepted_range' }, dialect: Dialect): string {
  const orEqual = rule.inclusive ? '=' : ''
  const conditions: string[] = []
  if (rule.min !== undefined && rule.min !== null) {
    conditions.push(`${column} >${orEqual} ${dialect.literal(rule.min)}`)
  }
  if (rule.max !== undefined && rule.max !== null) {
    conditions.push(`${column} <${orEqual} ${dialect.literal(rule.max)}`)
  }
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`
}
