import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Load } from '../../project/pipeline.ts'
import { append } from './append.ts'
import type { HistoryColumns } from './history-columns.ts'
import { merge } from './merge.ts'
import { partitionSwap } from './partition-swap.ts'
import { scd2 } from './scd2.ts'
import type { Strategy } from './strategy.ts'
import { truncateReload } from './truncate-reload.ts'

/**
 * The strategy a pipeline's `load:` asks for. The project's validation has seen to keys being there.
 * @param now the load's moment, ISO 8601
 */
export function chooseStrategy(load: Load, history: HistoryColumns | undefined, now: string): Strategy {
  switch (load.strategy) {
    case 'append':
      return append
    case 'truncate-reload':
      return truncateReload
    case 'merge':
      return merge(load.mergeKeys)
    case 'partition-swap':
      if (load.partitionKey === undefined) {
        throw new WaterworksError('WW9001', { message: 'partition-swap without a partition key' })
      }
      return partitionSwap(load.partitionKey)
    case 'scd2':
      if (history === undefined) throw new WaterworksError('WW9001', { message: 'scd2 without a history' })
      return scd2(load.mergeKeys, history, now)
  }
}
