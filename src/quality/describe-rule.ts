import type { Scalar } from '../engines/dialect.ts'
import { includes, sayBounds } from './bounds.ts'
import type { CheckRule } from './check.ts'
import { describeMetric } from './metrics/describe-metric.ts'

/** A rule as a sentence for people, without a full stop. */
export function describeRule(rule: CheckRule): string {
  switch (rule.rule) {
    case 'not_null':
      return `${rule.column} is never null`
    case 'accepted_values':
      return `${rule.column} is one of ${list(rule.values)}`
    case 'accepted_range':
      return `${rule.column} ${range(rule)}`
    case 'is_null':
      return `${rule.column} is always null`
    case 'rejected_values':
      return `${rule.column} is none of ${list(rule.values)}`
    case 'length':
      return `the length of ${rule.column} is ${sayBounds(rule)}`
    case 'matches':
      return `${rule.column} ${rule.not === true ? 'does not match' : 'matches'} ${rule.pattern}`
    case 'like':
      return `${rule.column} is ${rule.not === true ? 'not ' : ''}like ${rule.pattern}`
    case 'compare':
      return `${rule.column} ${rule.operator} ${rule.other}`
    case 'metric':
      return `the ${describeMetric(rule.metric)} is ${sayBounds(rule.bounds)}`
    case 'agrees':
      return `the ${describeMetric(rule.metric)} agrees with the ${describeMetric(rule.other)}`
    case 'schema':
      return 'the columns are as expected'
    case 'expression':
      return `${oneLine(rule.expression)} holds`
    case 'unique':
      return rule.columns.length === 1
        ? `${rule.columns.join()} is unique`
        : `${rule.columns.join(', ')} together are unique`
    case 'relationships':
      return `every ${rule.column} is among ${rule.to.name}.${rule.field}`
    case 'recency':
      return `the newest ${rule.column} is at most ${counted(rule.hours, 'hour')} old`
    case 'row_count':
      return `the number of rows is ${rowBounds(rule)}`
    case 'sql':
      return 'the query returns no rows'
  }
}

/** A number with its noun: `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const LISTED_VALUES = 5

function list(values: readonly Scalar[]): string {
  const shown = values.slice(0, LISTED_VALUES).map((value) => String(value))
  const rest = values.length - shown.length
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`
}

function range(rule: CheckRule & { readonly rule: 'accepted_range' }): string {
  const { min, max, inclusive } = rule
  if (min !== undefined && max !== undefined) return `${min === max ? 'is' : 'lies'} ${sayBounds(rule)}`
  if (min !== undefined) return `is ${includes(inclusive, 'min') ? 'at least' : 'more than'} ${min}`
  if (max !== undefined) return `is ${includes(inclusive, 'max') ? 'at most' : 'less than'} ${max}`
  return 'may be anything'
}

/** The bounds of a row count in words: `at least 3`. */
export function rowBounds({ min, max }: CheckRule & { readonly rule: 'row_count' }): string {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`
  if (min !== undefined) return `at least ${min}`
  return max === undefined ? 'whatever it is' : `at most ${max}`
}

function oneLine(sql: string): string {
  return sql.trim().replaceAll(/\s+/g, ' ')
}
