import type { LogicalType } from './logical-type.ts'

/**
 * One value per row in a typed array. The array's class follows from the type: int8 Int8Array … int64 BigInt64Array,
 * uint8 Uint8Array … uint64 BigUint64Array, float32/float64, boolean Uint8Array of 0 and 1, date Int32Array,
 * time, timestamp and timestamptz BigInt64Array, decimal of precision ≤ 18 BigInt64Array (scaled).
 */
export interface FixedColumn {
  readonly storage: 'fixed'
  readonly name: string
  readonly type: LogicalType
  readonly validity: Validity
  readonly values: FixedValues
}

/** Bytes end to end with `offsets` (rows + 1 of them): text and json as UTF-8, bytes, uuid as its 16 bytes. */
export interface BytesColumn {
  readonly storage: 'bytes'
  readonly name: string
  readonly type: LogicalType
  readonly validity: Validity
  readonly offsets: Int32Array
  readonly bytes: Uint8Array
}

/** Whole numbers wider than 64 bits: int128, and decimals (scaled) of precision 19 to 38. */
export interface WideColumn {
  readonly storage: 'wide'
  readonly name: string
  readonly type: LogicalType
  readonly validity: Validity
  readonly values: readonly bigint[]
}

export interface IntervalColumn {
  readonly storage: 'interval'
  readonly name: string
  readonly type: LogicalType
  readonly validity: Validity
  readonly months: Int32Array
  readonly days: Int32Array
  readonly micros: BigInt64Array
}

export type Column = FixedColumn | BytesColumn | WideColumn | IntervalColumn

/** One bit per row, least significant first, 1 where there is a value; null when every row has one. */
export type Validity = Uint8Array | null

export type FixedValues =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/** Some rows of a table, column by column: the unit in which data moves between connectors and engines. */
export interface Batch {
  readonly rows: number
  readonly columns: readonly Column[]
  /** Values that their column's type cannot hold; null stands in their place. None unless given. */
  readonly defects?: readonly Defect[]
}

/** A value that its column's type cannot hold. */
export interface Defect {
  readonly row: number
  readonly column: string
  /** What the type cannot hold, in words and without the value: `NaN`, `more digits`. */
  readonly what: string
  /** The value as its source writes it. */
  readonly text: string
}

/** Timestamps and dates may be infinite; these values of the arrays stand for it. */
export const TIMESTAMP_INFINITY = 9223372036854775807n
export const TIMESTAMP_MINUS_INFINITY = -9223372036854775807n
export const DATE_INFINITY = 2147483647
export const DATE_MINUS_INFINITY = -2147483647

/** Whether row `row` of a column holds a value. */
export function isValid(validity: Validity, row: number): boolean {
  return validity === null || (validity[row >> 3]! & (1 << (row & 7))) !== 0
}
