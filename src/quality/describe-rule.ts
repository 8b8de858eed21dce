import type { Scalar } from '../engines/dialect.ts'
import type { CheckRule } from './check.ts'

/** A rule as a sentence for people, without a full stop. */
export function describeRule(rule: CheckRule): string {
  switch (rule.rule) {
    case 'not_null':
      return `${rule.column} is never null`
    case 'accepted_values':
      return `${rule.column} is one of ${list(rule.values)}`
    case 'accepted_range':
      return `${rule.column} ${range(rule)}`
    case 'matches':
      return `${rule.column} matches ${rule.pattern}`
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
  if (min !== undefined && max !== undefined) {
    return `lies between ${min} and ${max}${inclusive ? '' : ', the bounds left out'}`
  }
  if (min !== undefined) return `is ${inclusive ? 'at least' : 'more than'} ${min}`
  if (max !== undefined) return `is ${inclusive ? 'at most' : 'less than'} ${max}`
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
