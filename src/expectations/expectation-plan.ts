import type { Field } from '../batch/logical-type.ts'
import type { Dialect, Scalar } from '../engines/dialect.ts'
import type { Row } from '../engines/engine.ts'
import type { Metric } from '../quality/metrics/metric.ts'
import type { Kwargs } from './kwargs.ts'

/** What an expectation is judged by. */
export interface Found {
  /** The values of its metrics, in their order. */
  readonly values: readonly Scalar[]
  /** The rows of its query. */
  readonly rows: readonly Row[]
}

export interface Judgement {
  readonly success: boolean
  /** What Great Expectations calls the result: `observed_value`, `details`. */
  readonly result: Readonly<Record<string, unknown>>
}

/** An expectation on a relation as a whole. */
export interface AggregatePlan {
  readonly kind: 'aggregate'
  readonly metrics: readonly Metric[]
  readonly query?: string
  readonly judge: (found: Found) => Judgement
}

/** An expectation on rows, each of which is missing, expected or unexpected. */
export interface MapPlan {
  readonly kind: 'map'
  /** The rows judged; of them the missing ones, of which nothing is expected, where there can be any; and the unexpected ones. */
  readonly elements: Metric
  readonly missing?: Metric
  readonly unexpected: Metric
  /** SQL that may stand after FROM: the unexpected rows, in their order where the engine keeps it. */
  readonly unexpectedRows: string
  /** The columns that make an unexpected value. */
  readonly shown: readonly string[]
  /** Whether an unexpected value is told as a list of its parts; values of several columns are told by their names otherwise. */
  readonly isPair?: boolean
  readonly mostly: number
}

export type ExpectationPlan = AggregatePlan | MapPlan

/** What an expectation is compiled for. */
export interface ExpectationContext {
  readonly kwargs: Kwargs
  /** SQL that may stand after FROM. */
  readonly from: string
  readonly dialect: Dialect
  readonly fields: readonly Field[]
  /** The row condition as SQL. */
  readonly where: string | undefined
}
