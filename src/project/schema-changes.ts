import type { Load } from './pipeline.ts'

/**
 * What loading does with what its table has no place for: `evolve` makes the place, `freeze` holds the load, `discard_value`
 * leaves the value out and says how many, `discard_row` puts the record into quarantine.
 */
export const CHANGE_MODES = ['evolve', 'freeze', 'discard_value', 'discard_row'] as const
export type ChangeMode = (typeof CHANGE_MODES)[number]

/**
 * Of values that the type of their column cannot hold. `evolve` gives the column a wider type, where one has what is there and
 * what arrives, and else rejects; `text` makes it text then, and `variant` puts the value into a text column beside it.
 */
export const TYPE_MODES = [...CHANGE_MODES, 'text', 'variant'] as const
export type TypeMode = (typeof TYPE_MODES)[number]

/** Whether a column may become wider. */
export function mayWiden(mode: TypeMode): boolean {
  return mode === 'evolve' || mode === 'text' || mode === 'variant'
}

/** Whether a value that does not fit leaves its row as it is. */
export function keepsRow(mode: TypeMode): boolean {
  return mode === 'discard_value' || mode === 'text' || mode === 'variant'
}

/** What to do when what arrives differs from a table. */
export interface SchemaChangePolicy {
  /** A table that the pipeline does not name and that was not there before: that of a list, or one that a pattern matches. */
  readonly tables: ChangeMode
  /** A column that the table does not have. */
  readonly columns: ChangeMode
  /** A value that the type of its column cannot hold. */
  readonly types: TypeMode
  /** A column that no longer arrives: `evolve` leaves it, NULL in new rows. */
  readonly removed: 'evolve' | 'freeze'
}

/** Of a pipeline, some of whose streams and tables of lists may have their own. */
export interface SchemaChanges extends SchemaChangePolicy {
  readonly streams: Readonly<Record<string, SchemaChangePolicy>>
}

/** What holds for a stream; for the table of a list, what is said of it or else of the stream. */
export function schemaChangesOf(
  { schemaChanges }: Pick<Load, 'schemaChanges'>,
  stream: string,
  list?: string,
): SchemaChangePolicy {
  const { streams } = schemaChanges
  const named = [list, stream].find((name) => name !== undefined && Object.hasOwn(streams, name))
  return named === undefined ? schemaChanges : streams[named]!
}
