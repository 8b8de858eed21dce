import type { CheckRule } from './check.ts'

const LONGEST_SLUG = 48

/** The name a check goes by unless it is given one: its rule, then what the rule is about. */
export function checkName(rule: CheckRule): string {
  switch (rule.rule) {
    case 'not_null':
    case 'accepted_values':
    case 'accepted_range':
    case 'matches':
    case 'recency':
      return `${rule.rule}_${slug(rule.column)}`
    case 'unique':
      return `unique_${rule.columns.map(slug).join('_')}`
    case 'relationships':
      return `relationships_${slug(rule.column)}__${slug(rule.to.name)}_${slug(rule.field)}`
    case 'expression':
      return `expression_${slug(rule.expression)}`
    case 'row_count':
    case 'sql':
      return rule.rule
  }
}

function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join('_').slice(0, LONGEST_SLUG)
}
