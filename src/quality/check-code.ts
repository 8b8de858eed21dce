/** What a check's numbers say. */
export interface Verdict {
  readonly failures: number
  /** What is wrong, as a sentence; undefined when nothing is. */
  readonly problem: string | undefined
  /** Where the check itself says what is too much: whether it is an error, and whether a warning. */
  readonly verdict?: { readonly isError: boolean; readonly isWarning: boolean }
}

/** One check as SQL, and the way to read its numbers. */
export interface CheckCode {
  /** Numeric aggregates that answer the check. */
  readonly measures: readonly string[]
  /** What the measures are taken of; absent when it is the checked relation itself, whose checks share one scan. */
  readonly from?: string
  /** Judges the values of `measures`, in their order. */
  readonly verdict: (measured: readonly number[]) => Verdict
  /** A query of the rows that fail; undefined where no single row is to blame. */
  readonly failingRows: string | undefined
}
