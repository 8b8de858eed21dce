import type { Scalar } from '../engines/dialect.ts'
import type { Relation } from '../engines/relation.ts'

/** What a check demands. Row rules judge each row alone; the others judge the relation as a whole. */
export type CheckRule =
  | { readonly rule: 'not_null'; readonly column: string }
  | { readonly rule: 'accepted_values'; readonly column: string; readonly values: readonly Scalar[] }
  | {
      readonly rule: 'accepted_range'
      readonly column: string
      readonly min?: Scalar
      readonly max?: Scalar
      /** Whether the bounds themselves are accepted; true unless said. */
      readonly inclusive: boolean
    }
  | { readonly rule: 'matches'; readonly column: string; readonly pattern: string }
  /** An SQL expression that must be true; NULL passes, as in a CHECK constraint. */
  | { readonly rule: 'expression'; readonly expression: string }
  /** No two rows share the columns' values; rows with a NULL among them are left out, as dbt does. */
  | { readonly rule: 'unique'; readonly columns: readonly string[] }
  /** Every value that is not NULL exists in `to`.`field`. */
  | { readonly rule: 'relationships'; readonly column: string; readonly to: Relation; readonly field: string }
  /** The newest `column` is at most `hours` old (by the run's clock). */
  | { readonly rule: 'recency'; readonly column: string; readonly hours: number }
  | { readonly rule: 'row_count'; readonly min?: number; readonly max?: number }
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

export type Severity = 'error' | 'warn'

export interface Check {
  /** The unique id of its node; a gate of a pipeline has none. */
  readonly id?: string
  /** Unique within what it checks; generated from rule and column unless given. */
  readonly name: string
  readonly rule: CheckRule
  readonly severity: Severity
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
   * orphaned rows, rows of a query; 1 for a rule about the relation as a whole.
   */
  readonly failures: number
  /** One sentence; never with row values in it. */
  readonly message: string
  readonly seconds: number
}
