import { z } from 'zod'

/** The name of a column, or SQL: a text with something in it. */
export const words = z.string().regex(/\S/, 'must not be empty')

/** One name or a list of them. */
export const names = z.union([words, z.array(words).min(1, 'must not be empty')])

/** A value that stands in SQL as a literal. */
export const value = z.union([z.string(), z.number(), z.bigint(), z.boolean()])

export function asNames(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return []
  return typeof given === 'string' ? [given] : given
}
