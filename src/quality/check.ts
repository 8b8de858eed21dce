import type { Relation } from '../engines/relation.ts'
import type { Bounds } from './bounds.ts'
import type { Dimension } from './dimension.ts'
import type { Metric } from './metrics/metric.ts'
import type { Priority } from './priority.ts'
import type { RowRule } from './row-rule.ts'
import type { Tolerance } from './tolerance.ts'

/** What a check demands. Row rules judge each row alone; the others judge the relation as a whole. */
export type CheckRule =
  | RowRule
  /** No two rows share the columns' values; rows with a NULL among them are left out, as dbt does. */
  | { readonly rule: 'unique'; readonly columns: readonly string[] }
  /** Every value that is not NULL exists in `to`.`field`. */
  | { readonly rule: 'relationships'; readonly column: string; readonly to: Relation; readonly field: string }
  /** The newest `column` is at most `hours` old (by the run's clock). */
  | { readonly rule: 'recency'; readonly column: string; readonly hours: number }
  | { readonly rule: 'row_count'; readonly min?: number; readonly max?: number }
  /** A number about the relation lies within bounds. Where there is none (the mean of no values), it passes unless `required`. */
  | {
      readonly rule: 'metric'
      readonly metric: Metric
      readonly bounds: Bounds
      readonly required?: boolean
    }
  /** Two numbers, usually of two relations, are at most so far apart: as a percentage of the other, or as they are. */
  | {
      readonly rule: 'agrees'
      readonly metric: Metric
      readonly other: Metric
      readonly within: { readonly percent: number } | { readonly amount: number }
    }
  /** The relation's columns, as its engine tells them. */
  | SchemaRule
  /** A query whose rows are failures. */
  | {
      readonly rule: 'sql'
      readonly sql: string
      /** An aggregate over the rows that says how many failures they are; their count unless given. */
      readonly failCalc?: string
      /** What of the failures is worth a warning, and what is an error: `> 10`; `!= 0` unless given. */
      readonly warnIf?: string
      readonly errorIf?: string
      /** At most so many rows are looked at. */
      readonly limit?: number
    }

/** What the columns of a relation must be. Names are compared as they are, but for letter case unless `exactCase`. */
export interface SchemaRule {
  readonly rule: 'schema'
  /** Columns that must be there. */
  readonly columns?: readonly SchemaColumn[]
  /** Whether other columns fail. */
  readonly noOthers?: boolean
  /** Whether the columns must stand in this order (beside one another where `noOthers`). */
  readonly ordered?: boolean
  /** How many columns there are. */
  readonly count?: Bounds
  readonly exactCase?: boolean
}

export interface SchemaColumn {
  readonly name: string
  /** Type names of the engine, or families (`integer`, `number`, `text`, `timestamp`, …), of which one must be the column's. */
  readonly types?: readonly string[]
  /** Its place among the columns, from 0. */
  readonly position?: number
}

export type Severity = 'error' | 'warn'

export interface Check {
  /** The unique id of its node; a gate of a pipeline has none. */
  readonly id?: string
  /** Unique within what it checks; generated from rule and column unless given. */
  readonly name: string
  readonly rule: CheckRule
  readonly severity: Severity
  /** How grave a failure is; by its severity and the share of the rows that fail unless given. */
  readonly priority?: Priority
  /** Which side of quality it is about; by its rule unless given. */
  readonly dimension?: Dimension
  /** How many failing rows are let pass, of a row rule, `unique` or `relationships`; none unless given. */
  readonly tolerance?: Tolerance
  /** Columns by whose values rows are judged apart, for row rules and metrics: it fails where one of the segments does. */
  readonly by?: readonly string[]
  /** Whether it fails where it would warn. */
  readonly warningsFail?: boolean
  /** Only rows for which this SQL expression is true are judged. */
  readonly where?: string
  /** For a row rule before a load: what becomes of failing rows; the pipeline's strategy decides when absent. */
  readonly onFailure?: 'reject' | 'hold' | 'warn'
}

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'error' | 'skipped'

export interface CheckResult {
  /** The check's. */
  readonly id?: string
  readonly name: string
  readonly status: CheckStatus
  /**
   * As dbt counts: rows that fail a row rule, values that are not accepted, keys that occur more than once,
   * orphaned rows, rows of a query; 1 for a rule about the relation as a whole, or a segment of it.
   */
  readonly failures: number
  /** One sentence; never with row values in it. */
  readonly message: string
  /** How grave it is; of checks that did not pass. */
  readonly priority?: Priority
  readonly seconds: number
}
