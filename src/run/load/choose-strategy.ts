import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Load } from '../../project/pipeline.ts'
import { append } from './append.ts'
import { merge } from './merge.ts'
import { partitionSwap } from './partition-swap.ts'
import type { Strategy } from './strategy.ts'
import { truncateReload } from './truncate-reload.ts'

/** The strategy a pipeline's `load:` asks for. The project's validation has seen to keys being there. */
export function chooseStrategy(load: Load): Strategy {
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
  }
}
