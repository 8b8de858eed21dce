import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Config } from '../merge-configs.ts'

/**
 * What the rows that a test finds are kept as: `store_failures_as` of the test if it says so, else a table where
 * `store_failures` or, when that is not set either, the flag `--store-failures` asks for it. Undefined when they are not
 * kept. Throws WW1212 for a word that means nothing.
 */
export function storedAs(config: Config, flag: boolean): 'table' | 'view' | undefined {
  const { store_failures_as: word, store_failures: store } = config
  if (word === null || word === undefined) return (store ?? flag) === true ? 'table' : undefined
  if (word === 'table' || word === 'view') return word
  if (word === 'ephemeral') return undefined
  throw new WaterworksError('WW1212', {
    message: `store_failures_as is ${JSON.stringify(word)}`,
    hint: 'It takes table, view or ephemeral.',
  })
}
