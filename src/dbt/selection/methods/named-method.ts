import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** A method that finds resources of one kind by name, or by package and name: `exposure:weekly`, `exposure:shop.weekly`. */
export function namedMethod(resourceType: string): Method {
  return ({ value, text }) => {
    const parts = String(value).split('.')
    if (parts.length > 2) {
      throw new WaterworksError('WW1302', {
        message: `The selector "${text}" has too many parts: it is ${resourceType}:<name> or ${resourceType}:<package>.<name>.`,
      })
    }
    const [name = '*', home = '*'] = parts.toReversed()
    const [ofName, ofPackage] = [wildcard(name), wildcard(home)]
    return (member) =>
      member.resource_type === resourceType && ofPackage(member.package_name) && ofName(member.name)
  }
}
