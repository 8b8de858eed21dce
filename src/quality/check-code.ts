import type { Field } from '../batch/logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'
import type { Metric } from './metrics/metric.ts'

/** What a check's numbers say. */
export interface Verdict {
  readonly failures: number
  /** What is wrong, as a sentence; undefined when nothing is. */
  readonly problem: string | undefined
  /** How many rows were judged, where failures are rows of them. */
  readonly judged?: number
  /** Where the check itself says what is too much: whether it is an error, and whether a warning. */
  readonly verdict?: { readonly isError: boolean; readonly isWarning: boolean }
}

/** One check as the metrics that answer it, and the way to read them. */
export interface CheckCode {
  readonly metrics: readonly Metric[]
  /** Judges the values of `metrics`, in their order. */
  readonly verdict: (values: readonly Scalar[]) => Verdict
  /** For a rule about columns, which has no metrics: judges them. */
  readonly judgeFields?: (fields: readonly Field[]) => Verdict
  /** A query of the rows that fail; undefined where no single row is to blame. */
  readonly failingRows: string | undefined
}
