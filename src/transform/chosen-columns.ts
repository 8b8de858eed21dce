import { z } from 'zod'
import type { CompileContext } from './compile-context.ts'
import { asNames, names } from './entry-fields.ts'
import { requireColumns } from './require-columns.ts'
import type { Transformation } from './transformation.ts'

export const ALL = 'all'

/** Names of columns, or every column of text. */
export type ColumnChoice = readonly string[] | typeof ALL

/** Columns as an operation takes them that has no other argument. */
export const columnsEntry = z.union([names, z.strictObject({ columns: names })])

export function columnsOf(given: z.infer<typeof columnsEntry>): readonly string[] {
  return typeof given === 'string' || Array.isArray(given) ? asNames(given) : asNames(given.columns)
}

/** `all`, or the names. */
export function choiceOf(columns: readonly string[]): ColumnChoice {
  return columns.length === 1 && columns[0] === ALL ? ALL : columns
}

/** The columns of a choice at a point; `all` means the columns of text there are. Throws WW4304. */
export function chosenColumns(
  state: Transformation,
  choice: ColumnChoice,
  context: CompileContext,
): readonly string[] {
  if (choice === ALL) return state.columns.filter((column) => state.texts.has(column))
  requireColumns(state, choice, context)
  return choice
}
