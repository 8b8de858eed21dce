import type { Relation } from '../../engines/relation.ts'
import type { RowRule } from '../row-rule.ts'

/** A number (or, of smallest and largest, a value) about the rows of a relation: plain data, which the planner finds an answer to. */
export type Metric = MetricSubject & {
  /** Only rows for which this SQL expression is true are counted. */
  readonly where?: string
  /** Another relation than the one that is checked. */
  readonly relation?: Relation
}

export type MetricSubject =
  | { readonly metric: 'row_count' }
  | { readonly metric: ColumnMetric; readonly column: string }
  /** The value below which the share `at` (0 to 1) of the numbers lies, between neighbours where none is there. */
  | { readonly metric: 'quantile'; readonly column: string; readonly at: number }
  /** Rows that fail a row rule; as a share, of all rows. */
  | { readonly metric: 'failing_count' | 'failing_share'; readonly rule: RowRule }
  /** Values, each counted once, that fail a row rule. */
  | { readonly metric: 'failing_values'; readonly rule: RowRule & { readonly column: string } }
  /**
   * Keys that occur more than once, the rows that have one, and those rows as a share of all. Rows with a NULL among the columns have
   * no key.
   */
  | {
      readonly metric: 'duplicate_keys' | 'duplicate_count' | 'duplicate_share'
      readonly columns: readonly string[]
    }
  /** Distinct keys; rows with a NULL among the columns have none. */
  | { readonly metric: 'key_count'; readonly columns: readonly string[] }
  /** Rows whose value is not among those of another relation's field. */
  | {
      readonly metric: 'orphan_count'
      readonly column: string
      readonly to: Relation
      readonly field: string
    }
  /** An SQL aggregate that gives a number; over the rows of `from` (SQL that may stand after FROM) where it is given. */
  | { readonly metric: 'aggregate'; readonly sql: string; readonly from?: string }

export type ColumnMetric =
  /** Rows with a value, and without; the latter as a share of all rows. */
  | 'value_count'
  | 'null_count'
  | 'null_share'
  /** Different values; values that occur once; both as shares of the rows with a value. */
  | 'distinct_count'
  | 'distinct_share'
  | 'unique_count'
  | 'unique_share'
  /** How often the most common value occurs, and as a share of the rows with a value. */
  | 'top_count'
  | 'top_share'
  | 'min'
  | 'max'
  | 'sum'
  | 'mean'
  | 'median'
  /** The standard deviation of a sample. */
  | 'stddev'
  /** The third standardised moment of the population. */
  | 'skewness'
  /** Of texts, in characters. */
  | 'min_length'
  | 'max_length'
  | 'mean_length'
  /** Hours from the newest value to the run's clock. */
  | 'age_hours'
  /** The newest value, in seconds since 1970. */
  | 'newest'

export type MetricName = Metric['metric']
