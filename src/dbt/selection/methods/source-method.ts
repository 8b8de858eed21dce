import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** `source:` a source, one of its tables (`shop.orders`), or that of a package (`pkg.shop.orders`). */
export const sourceMethod: Method = ({ value, text }) => {
  const parts = String(value).split('.')
  if (parts.length > 3) {
    throw new WaterworksError('WW1302', {
      message: `The selector "${text}" has too many parts: it is source:<source>.<table>.`,
    })
  }
  const [table = '*', source = '*', home = '*'] = parts.length === 1 ? ['*', parts[0]] : parts.toReversed()
  const [ofTable, ofSource, ofPackage] = [wildcard(table), wildcard(source), wildcard(home)]
  return ({ resource_type, source_name = '', name, package_name }) =>
    resource_type === 'source' && ofPackage(package_name) && ofSource(source_name) && ofTable(name)
}
