import type { Field } from '../../batch/logical-type.ts'
import type { Executor } from '../../engines/engine.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import type { ChildTable } from './child-tables.ts'
import type { SchemaFit } from './fit-schema.ts'
import type { HistoryColumns } from './history-columns.ts'
import { followsOne, keptFields } from './kept-values.ts'
import { ROW_KEY } from './nested-columns.ts'
import { historyTable } from './scd4.ts'
import { deletedAtField } from './soft-delete.ts'
import type { StreamLoad } from './stream-load.ts'
import { prepareTable } from './target-table.ts'

/** The tables of a load as they are before it. */
export interface TablesBefore {
  /** The table's columns, where it exists. */
  readonly table: readonly Field[] | undefined
  /** The columns of the table of versions beside it, where there is one. */
  readonly versions: readonly Field[] | undefined
  /** The tables of lists, whether rows arrived for them or not. */
  readonly children: readonly ChildTable[]
}

/**
 * Makes or widens the table, and where the strategy keeps versions beside it the table of those. Throws LoadHeld where a column
 * cannot get its wider type.
 */
export async function prepareTables(
  executor: Executor,
  { engine: { dialect }, pipeline, target }: StreamLoad,
  { fields: own, widened }: SchemaFit,
  history: HistoryColumns | undefined,
  { table, versions, children }: TablesBefore,
): Promise<void> {
  const { strategy } = pipeline.load
  const validity = history === undefined ? [] : [history.validFrom, history.validTo, history.isCurrent]
  const beside = traitsOf(strategy).versions === 'beside it'
  const platform = [
    ...(beside ? [] : validity),
    ...keptFields(pipeline.load, own),
    ...(strategy === 'soft-delete' ? [deletedAtField()] : []),
    ...(children.length > 0 ? [{ name: ROW_KEY, type: { kind: 'text' } } as const] : []),
  ]
  const names = new Set(widened.map(({ name }) => name))
  const follow = keptFields(pipeline.load, own).filter(({ name }) => followsOne(name, names))
  await prepareTable(executor, dialect, target, { own, platform, widened: [...widened, ...follow] }, table)
  if (beside)
    await prepareTable(
      executor,
      dialect,
      historyTable(target),
      { own, platform: validity, widened },
      versions,
    )
}
