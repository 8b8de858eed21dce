import type { Metric } from '../metrics/metric.ts'

/** Why a step is apart from the others. */
export type StepKind =
  /** What footers of files say; where they do not, the answer is NULL, and the metric is asked again of the rows. */
  | 'known'
  /** Row rules and aggregates of the relation, in one pass over it. */
  | 'scan'
  /** Smallest and largest values, which the engine may know without reading rows. */
  | 'statistics'
  /** Different values that fail, which are counted only where rows do. */
  | 'values'
  /** Keys, relations between tables and queries, which need work of their own. */
  | 'apart'
  /** Aggregates of each segment, in one pass. */
  | 'segments'

/** A query whose row (of segments: rows) has an answer to each metric, in the column of the same place. */
export interface MetricStep {
  readonly kind: StepKind
  readonly sql: string
  readonly metrics: readonly Metric[]
  readonly columns: readonly string[]
  /** The answers are 0 where that of this metric is, and the query is not run. */
  readonly onlyIf?: Metric
}

/** The queries that answer metrics, cheapest first. */
export interface MetricPlan {
  readonly steps: readonly MetricStep[]
}
