import { z } from 'zod'

/** How far an incremental stream is read. Values of the key are texts as the source writes them. */
export interface KeyPosition {
  /** The snapshot it was read in. */
  readonly at: string
  /** All rows up to this key, itself included, are read; null before any. */
  readonly after: string | null
  /** The greatest key of any snapshot read from: the watermark, which never goes back. */
  readonly bound: string | null
}

/** How far a full read is: pages before this one. */
export interface PagePosition {
  readonly at: string
  readonly page: number
}

const key = z.strictObject({ at: z.string(), after: z.string().nullable(), bound: z.string().nullable() })
const page = z.strictObject({ at: z.string(), page: z.number() })

/** Reads a position; undefined when it is one of another kind of read. */
export function parseKeyPosition(text: string | null): KeyPosition | undefined {
  return text === null ? undefined : key.safeParse(JSON.parse(text)).data
}

export function parsePagePosition(text: string | null): PagePosition | undefined {
  return text === null ? undefined : page.safeParse(JSON.parse(text)).data
}
