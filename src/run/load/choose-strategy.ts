import { WaterworksError } from '../../errors/waterworks-error.ts'
import { holdsWhole } from '../../project/load-strategy.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import { append } from './append.ts'
import type { HistoryColumns } from './history-columns.ts'
import { deleteInsert, insertOnly, type MergeOptions, merge } from './merge.ts'
import { partitionSwap } from './partition-swap.ts'
import { scd2 } from './scd2.ts'
import { scd3 } from './scd3.ts'
import { scd4 } from './scd4.ts'
import { scd6 } from './scd6.ts'
import { softDelete } from './soft-delete.ts'
import type { Strategy } from './strategy.ts'
import { truncateReload } from './truncate-reload.ts'

/**
 * The strategy a pipeline's `load:` asks for. The project's validation has seen to keys being there.
 * @param now the load's moment, ISO 8601
 */
export function chooseStrategy(
  pipeline: Pipeline,
  history: HistoryColumns | undefined,
  now: string,
): Strategy {
  const { load } = pipeline
  const keys = load.mergeKeys
  switch (load.strategy) {
    case 'append':
      return append
    case 'truncate-reload':
      return truncateReload
    case 'merge':
      if (load.matched === 'insert-only') return insertOnly(keys)
      return load.matched === 'delete-insert' ? deleteInsert(keys) : merge(mergeOptions(pipeline))
    case 'soft-delete':
      return softDelete(mergeOptions(pipeline), holdsWhole(pipeline), now)
    case 'partition-swap':
      if (load.partitionKey === undefined) {
        throw new WaterworksError('WW9001', { message: 'partition-swap without a partition key' })
      }
      return partitionSwap(load.partitionKey)
    case 'scd2':
      return scd2(keys, given(history), now)
    case 'scd3': {
      const { columns: tracked, effectiveAt } = load.history
      return scd3({ keys, tracked, effectiveAt, now })
    }
    case 'scd4':
      return scd4(keys, given(history), now)
    case 'scd6':
      return scd6(keys, load.history.columns, given(history), now)
  }
}

/** Files come in any order. What is read of a database is its state when it is read, whatever its clocks say. */
export function mergeOptions({ extract, load }: Pipeline): MergeOptions {
  const latestBy = extract.database === undefined ? extract.incrementalKey : undefined
  return { keys: load.mergeKeys, latestBy, deletedWhen: load.deletedWhen }
}

function given(history: HistoryColumns | undefined): HistoryColumns {
  if (history === undefined) throw new WaterworksError('WW9001', { message: 'versions without a history' })
  return history
}
