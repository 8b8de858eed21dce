import type { Scalar } from '../engines/dialect.ts'

/** How two datasets differ. */
export interface Diff {
  readonly rows: RowCounts
  readonly columns: ColumnsDiff
  /** The columns that rows were told apart by; none where whole rows were compared. */
  readonly key: readonly string[]
  /** Of the columns that are compared, those with other values, most first. None without a key. */
  readonly values: readonly { readonly column: string; readonly rows: number }[]
  /** Some of what differs. */
  readonly examples: Examples
}

export interface RowCounts {
  readonly left: number
  readonly right: number
  readonly equal: number
  /** Rows with the same key and other values; 0 without a key. */
  readonly changed: number
  readonly onlyLeft: number
  readonly onlyRight: number
}

export interface ColumnsDiff {
  readonly compared: readonly string[]
  readonly onlyLeft: readonly string[]
  readonly onlyRight: readonly string[]
  readonly retyped: readonly { readonly column: string; readonly left: string; readonly right: string }[]
}

export interface Examples {
  readonly cells: readonly CellDiff[]
  readonly onlyLeft: readonly ExampleRow[]
  readonly onlyRight: readonly ExampleRow[]
}

/** A row's values by column: of its key, or all of them without one. */
export type ExampleRow = Readonly<Record<string, Scalar>>

export interface CellDiff {
  readonly key: ExampleRow
  readonly column: string
  readonly left: Scalar
  readonly right: Scalar
}

/** Whether anything differs: a row, a value, or the columns. */
export function isSame({ rows, columns }: Diff): boolean {
  const { onlyLeft, onlyRight, retyped } = columns
  const isSameShape = onlyLeft.length + onlyRight.length + retyped.length === 0
  return isSameShape && rows.changed + rows.onlyLeft + rows.onlyRight === 0
}
