import { suggest } from '../errors/suggest.ts'
import type { CompileContext } from './compile-context.ts'
import { stageError } from './stage-error.ts'
import type { Transformation } from './transformation.ts'

/** Throws WW4304 at the operation's place when it names a column that rows do not have at its point. */
export function requireColumns(
  state: Transformation,
  columns: readonly string[],
  { location }: Pick<CompileContext, 'location'>,
): void {
  const missing = columns.find((column) => !state.columns.includes(column))
  if (missing === undefined) return
  const near = suggest(missing, state.columns)
  const hint = near === undefined ? `they have ${state.columns.join(', ')}` : `did you mean "${near}"?`
  const message = `the rows have no column "${missing}" at this point of the stages: ${hint}`
  throw stageError('WW4304', location, message)
}
