import { z } from 'zod'

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A name that becomes part of tables, files and commands. */
export const identifier = z
  .string()
  .max(63, 'must be at most 63 characters long')
  .regex(IDENTIFIER, 'must be letters, digits and underscores, and not begin with a digit')

/** A text with something in it. */
export const text = z.string().regex(/\S/, 'must not be empty')

/** One text or a list of them. */
export const texts = z.union([text, z.array(text)])

/** What may be compared with a column's values. */
export const scalar = z.union([z.string(), z.number(), z.bigint(), z.boolean()])

/** A bound of a range: a number, or a date or time as text. */
export const bound = z.union([z.number(), z.bigint(), text])

export const count = z.int().min(0, 'must not be negative')
export const positive = z.int().min(1, 'must be at least 1')
/** An amount of memory as DuckDB takes it. */
export const memory = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([KMGT]i?B|%)$/i, 'must be an amount of memory, as "512MB", "4 GiB" or "50%"')

/** A TCP port. */
export const port = z.int().min(1, 'must be a port').max(65535, 'must be a port')

/** A server's password, in the platform's own files. */
export const password = z.string().optional().describe('From the environment, never written out here.')

export const allowPlaintextPassword = z
  .boolean()
  .optional()
  .describe('For throw-away databases: the password may stand in the file.')

/** Names a list of one or several texts the same way. */
export function asList(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  return typeof value === 'string' ? [value] : value
}

/** Settings of DuckDB by name. https://duckdb.org/docs/stable/configuration/overview */
export const duckDbSettings = z.record(
  z.string().regex(/^[a-z_][a-z0-9_]*$/i, 'must be the name of a setting'),
  z.union([z.string(), z.number(), z.boolean()]),
)

export const duckDbAttach = z.strictObject({
  path: text.describe('A file, relative to the project folder, or whatever the type takes.'),
  alias: identifier.optional().describe('What SQL calls it; its file name unless given.'),
  type: identifier.optional().describe('Of an extension, such as sqlite; DuckDB’s own unless given.'),
  read_only: z.boolean().optional(),
})
