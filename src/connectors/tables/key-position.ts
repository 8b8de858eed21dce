import { z } from 'zod'

/** How far an incremental stream is read. Values of the key are texts as the source writes them. */
export interface KeyPosition {
  /** The moment it was read at. */
  readonly at: string
  /** All rows up to this key, itself included, are read; null before any. */
  readonly after: string | null
  /** The greatest key of any moment read from: the watermark, which never goes back. */
  readonly bound: string | null
}

/** How far a full read is. */
export interface RangePosition {
  readonly at: string
  /** The end of the last range that was read. */
  readonly end: string
}

const key = z.strictObject({ at: z.string(), after: z.string().nullable(), bound: z.string().nullable() })
const range = z.strictObject({ at: z.string(), end: z.string() })

/** Reads a position; undefined when it is one of another kind of read. */
export function parseKeyPosition(text: string | null): KeyPosition | undefined {
  return text === null ? undefined : key.safeParse(JSON.parse(text)).data
}

export function parseRangePosition(text: string | null): RangePosition | undefined {
  return text === null ? undefined : range.safeParse(JSON.parse(text)).data
}
