import type { z } from 'zod'
import type { ErrorCode } from '../errors/catalogue.ts'
import type { CompileContext } from './compile-context.ts'
import type { Transformation } from './transformation.ts'

export const STAGES = ['clean', 'conform', 'enrich', 'aggregate'] as const

/** Terms of the ledger, or `held`, that an operation's rows may be counted under. */
export type OperationEffect = 'filtered' | 'deduplicated' | 'rejected' | 'held' | 'expanded' | 'folded'

/** Notes a problem with an entry, at a path in it. */
export type NoteProblem = (
  code: ErrorCode,
  path: readonly string[],
  finding: { readonly message: string; readonly hint?: string | undefined },
) => void

/** One operation: what may be written, what it means, the SQL it becomes, and what it does to the ledger. */
export interface OperationDefinition<Entry, Options> {
  /** The stage that the documentation lists it under; it may stand in any. */
  readonly stage: (typeof STAGES)[number]
  /** What it does, in a sentence. */
  readonly summary: string
  /** An entry as one may write it under its name. */
  readonly example: string
  readonly entry: z.ZodType<Entry>
  /** What it does where it stands alone, without arguments. */
  readonly bare?: Options
  /** Where its rows may be counted, other than as rows that go on. */
  readonly effects: readonly OperationEffect[]
  /** The entry as plain data with every default; undefined, with the problem noted, when it makes no sense. */
  read(entry: Entry, note: NoteProblem): Options | undefined
  /** Columns whose type it states: a value that does not fit there is no change of the source. */
  declares?(options: Options): readonly string[]
  /** Tables it looks up, as they are named. */
  lookups?(options: Options): readonly string[]
  /** The rows after it. Pure. Throws what cannot be seen before the columns are known, at the operation's place. */
  compile(state: Transformation, options: Options, context: CompileContext): Transformation
}

/** An operation with the types of its entry and options inferred. */
export function defineOperation<Entry, Options>(
  definition: OperationDefinition<Entry, Options>,
): OperationDefinition<Entry, Options> {
  return Object.freeze(definition)
}
