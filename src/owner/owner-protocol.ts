import * as z from 'zod'
import type { Scalar } from '../engines/dialect.ts'

/**
 * What travels over the owner's socket: one JSON value per line. A client sends requests and reads, for each, pages
 * of rows (the first may be empty: it names the columns) and then an end or an error. One request at a time.
 * Whole numbers beyond 2^53 travel as {"$int": "…"}, NaN and infinities as {"$float": "…"}.
 */
const scalar = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string(),
  z.strictObject({ $int: z.string() }).transform((value) => BigInt(value.$int)),
  z.strictObject({ $float: z.string() }).transform((value) => Number(value.$float)),
])

export const requestSchema = z.strictObject({
  sql: z.string(),
  params: z.array(scalar),
  /** Only the names and types of the columns are wanted, as rows of two texts. */
  describe: z.boolean().optional(),
})

export const responseSchema = z.union([
  z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(scalar)) }),
  z.strictObject({ end: z.literal(true) }),
  z.strictObject({
    error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }),
  }),
])

export type Request = z.infer<typeof requestSchema>
export type Response = z.infer<typeof responseSchema>

/** One line of the protocol. */
export function encodeLine(message: Request | Response): string {
  return `${JSON.stringify(message, (_key, value: unknown) => encodeScalar(value))}\n`
}

function encodeScalar(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) }
  if (typeof value === 'number' && !Number.isFinite(value)) return { $float: String(value) }
  return value
}

/** Some rows of a result, with the names of its columns. */
export interface RowPage {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Scalar[])[]
}
