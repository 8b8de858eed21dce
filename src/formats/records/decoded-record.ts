import type { Place } from '../csv/csv-reader.ts'

/** A value as text: untyped, as a bare text is; of a kind that the file says; or NULL. */
export type Cell = string | null | TypedCell

export interface TypedCell {
  /** `json`: the text is JSON, of a nested value. */
  readonly kind: 'text' | 'number' | 'boolean' | 'json'
  readonly text: string
}

/** A record as its format's decoder gives it. Records with the same columns share one `names`. */
export interface WellFormed {
  readonly names: readonly string[]
  /** As many as names. */
  readonly cells: readonly Cell[]
  readonly place: Place
}

/** A record that cannot be read: its bytes (at most `LONGEST_RAW` of them), and why. */
export interface Malformed {
  readonly raw: Uint8Array
  readonly reason: string
  readonly place: Place
}

export type DecodedRecord = WellFormed | Malformed

/** The place of a record in a format that has no lines. */
export function recordPlace(record: number, byte?: number): Place {
  return { record, line: NO_LINE, byte: byte ?? NO_BYTE }
}

/** Stand for no line and no offset: lines count from 1, offsets from 0. */
export const NO_LINE = 0
export const NO_BYTE = -1
