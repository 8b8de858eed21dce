import type { Metric } from './metric.ts'

/** A metric in words, after `the`: `number of rows`, `mean of amount`. */
export function describeMetric(metric: Metric): string {
  const said = subject(metric)
  const of = metric.relation === undefined ? '' : ` in ${metric.relation.name}`
  return metric.where === undefined ? `${said}${of}` : `${said}${of} where ${oneLine(metric.where)}`
}

function subject(metric: Metric): string {
  switch (metric.metric) {
    case 'row_count':
      return 'number of rows'
    case 'quantile':
      return `quantile ${metric.at} of ${metric.column}`
    case 'failing_count':
      return `number of rows that fail ${aboutRule(metric.rule)}`
    case 'failing_share':
      return `share of rows that fail ${aboutRule(metric.rule)}`
    case 'failing_values':
      return `number of values that fail ${aboutRule(metric.rule)}`
    case 'duplicate_keys':
      return `number of repeated values of ${metric.columns.join(', ')}`
    case 'duplicate_count':
      return `number of rows with a repeated ${metric.columns.join(', ')}`
    case 'duplicate_share':
      return `share of rows with a repeated ${metric.columns.join(', ')}`
    case 'key_count':
      return `number of different ${metric.columns.join(', ')}`
    case 'orphan_count':
      return `number of rows whose ${metric.column} is not among ${metric.to.name}.${metric.field}`
    case 'aggregate':
      return oneLine(metric.sql)
    default:
      return `${WORDS[metric.metric]} ${metric.column}`
  }
}

const WORDS = {
  value_count: 'number of values of',
  null_count: 'number of rows without',
  null_share: 'share of rows without',
  distinct_count: 'number of different values of',
  distinct_share: 'share of different values of',
  unique_count: 'number of values that occur once of',
  unique_share: 'share of values that occur once of',
  top_count: 'count of the most common value of',
  top_share: 'share of the most common value of',
  min: 'smallest',
  max: 'largest',
  sum: 'sum of',
  mean: 'mean of',
  median: 'median of',
  stddev: 'standard deviation of',
  skewness: 'skewness of',
  min_length: 'length of the shortest',
  max_length: 'length of the longest',
  mean_length: 'mean length of',
  age_hours: 'age in hours of the newest',
  newest: 'moment of the newest',
} as const

function aboutRule(rule: { readonly rule: string; readonly column?: string }): string {
  return rule.column === undefined ? rule.rule : `${rule.rule} of ${rule.column}`
}

function oneLine(sql: string): string {
  return sql.trim().replaceAll(/\s+/g, ' ')
}
