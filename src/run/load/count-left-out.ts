import type { Executor } from '../../engines/engine.ts'
import { schemaChangesOf } from '../../project/schema-changes.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { isUnreadable } from '../../transform/unreadable.ts'
import { countDiscarded, type Discarded, type LeftOut } from './discarded.ts'
import type { SchemaFit } from './fit-schema.ts'
import type { Incoming } from './incoming.ts'
import type { Judgement } from './judgement.ts'
import type { StreamLoad } from './stream-load.ts'

/** A load whose rows are sorted. */
interface Sorted {
  readonly judgement: Judgement
  /** The rows as they leave the stages. */
  readonly kept: Transformation
  readonly fit: SchemaFit
  readonly incoming: Incoming
  /** What is left out of its lists. */
  readonly lists: readonly LeftOut[]
}

/** What the pipeline's policy leaves out of the rows that go on, and what it puts beside its column. */
export async function countLeftOut(
  executor: Executor,
  { engine: { dialect }, pipeline, stream }: StreamLoad,
  { judgement, kept, fit, incoming, lists }: Sorted,
): Promise<{ readonly discarded: readonly Discarded[]; readonly variants: readonly Discarded[] }> {
  const { columns, types } = schemaChangesOf(pipeline.load, stream)
  const value = (column: string, sql: string) => ({ column, what: 'values' as const, sql })
  const unplaced = columns === 'discard_value' ? fit.left : []
  const unread = types === 'discard_value' ? fit.changed : []
  const own: LeftOut = {
    from: kept.from,
    columns: [
      ...unplaced.map(({ name }) => value(name, dialect.identifier(name))),
      ...unread.map(({ name, from: { type } }) =>
        value(name, `case when ${isUnreadable(name, type, dialect)} then 1 end`),
      ),
    ],
  }
  const unfit = incoming.misfits === undefined ? [] : [incoming.misfits]
  const isBeside = types === 'variant'
  // Rows that were numbered anew are not listed by the numbers that they arrived with.
  const anyDropped = !judgement.assumesClean && !kept.renumbered
  return {
    discarded: await countDiscarded(executor, [own, ...lists, ...(isBeside ? [] : unfit)], anyDropped),
    variants: isBeside ? await countDiscarded(executor, unfit, anyDropped) : [],
  }
}
