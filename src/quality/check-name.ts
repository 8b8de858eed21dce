import type { CheckRule } from './check.ts'
import type { Metric } from './metrics/metric.ts'

const LONGEST_SLUG = 48

/** The name a check goes by unless it is given one: its rule, then what the rule is about. */
export function checkName(rule: CheckRule): string {
  switch (rule.rule) {
    case 'not_null':
    case 'accepted_values':
    case 'accepted_range':
    case 'matches':
    case 'is_null':
    case 'rejected_values':
    case 'length':
    case 'like':
    case 'recency':
      return `${rule.rule}_${slug(rule.column)}`
    case 'unique':
      return `unique_${rule.columns.map(slug).join('_')}`
    case 'relationships':
      return `relationships_${slug(rule.column)}__${slug(rule.to.name)}_${slug(rule.field)}`
    case 'expression':
      return `expression_${slug(rule.expression)}`
    case 'compare':
      return `compare_${slug(rule.column)}__${slug(rule.other)}`
    case 'metric':
      return metricName(rule.metric)
    case 'agrees':
      return `agrees_${metricName(rule.metric)}`
    case 'schema':
    case 'row_count':
    case 'sql':
      return rule.rule
  }
}

function metricName(metric: Metric): string {
  if ('column' in metric) return `${metric.metric}_${slug(metric.column)}`
  if ('columns' in metric) return `${metric.metric}_${metric.columns.map(slug).join('_')}`
  if (metric.metric === 'aggregate') return slug(metric.sql)
  return 'rule' in metric ? `${metric.metric}_${checkName(metric.rule)}` : metric.metric
}

function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join('_').slice(0, LONGEST_SLUG)
}
