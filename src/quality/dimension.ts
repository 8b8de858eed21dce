import type { CheckRule } from './check.ts'
import type { MetricName } from './metrics/metric.ts'

/** The sides of quality. */
export type Dimension =
  | 'completeness'
  | 'accuracy'
  | 'consistency'
  | 'timeliness'
  | 'uniqueness'
  | 'validity'
  | 'volume'
  | 'distribution'

const OF_RULES: Readonly<Record<Exclude<CheckRule['rule'], 'metric'>, Dimension>> = {
  not_null: 'completeness',
  is_null: 'validity',
  accepted_values: 'validity',
  rejected_values: 'validity',
  accepted_range: 'validity',
  length: 'validity',
  matches: 'validity',
  like: 'validity',
  compare: 'consistency',
  expression: 'validity',
  unique: 'uniqueness',
  relationships: 'consistency',
  recency: 'timeliness',
  row_count: 'volume',
  agrees: 'accuracy',
  schema: 'validity',
  sql: 'accuracy',
}

const OF_METRICS: Readonly<Partial<Record<MetricName, Dimension>>> = {
  row_count: 'volume',
  value_count: 'completeness',
  null_count: 'completeness',
  null_share: 'completeness',
  failing_count: 'validity',
  failing_share: 'validity',
  failing_values: 'validity',
  duplicate_keys: 'uniqueness',
  duplicate_count: 'uniqueness',
  duplicate_share: 'uniqueness',
  key_count: 'uniqueness',
  unique_count: 'uniqueness',
  unique_share: 'uniqueness',
  distinct_share: 'uniqueness',
  orphan_count: 'consistency',
  age_hours: 'timeliness',
  newest: 'timeliness',
  aggregate: 'accuracy',
}

/** Which side of quality a rule is about, for a check that does not say. */
export function dimensionOf(rule: CheckRule): Dimension {
  return rule.rule === 'metric' ? (OF_METRICS[rule.metric.metric] ?? 'distribution') : OF_RULES[rule.rule]
}
