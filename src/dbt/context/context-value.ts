import { PyDict } from '../../jinja/values/dict.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AttributeObject } from './attribute-object.ts'
import { wrongCall } from './bind-arguments.ts'
import type { ContextScope } from './context-names.ts'

/**
 * `context`: every name of a rendering, as one dict. What `context.update()` puts into it is there for the rest of the
 * rendering, for those who look for it in the dict.
 */
export function contextValue({ added, lookup, names }: ContextScope): AttributeObject {
  const update = hostFunction('update', ([given, ...more], kwargs) => {
    if (more.length > 0 || (given !== undefined && !(given instanceof PyDict))) {
      throw wrongCall(
        'context.update() takes one mapping, or keyword arguments.',
        "Write context.update({'name': 1}).",
      )
    }
    for (const [key, value] of given?.entries() ?? []) added.set(textOf(key), value)
    for (const [key, value] of Object.entries(kwargs)) added.set(key, value)
    return null
  })
  return new AttributeObject('context', {
    attribute: (name) => added.get(name) ?? lookup(name) ?? (name === 'update' ? update : undefined),
    names: () => new Set([...names(), ...added.keys()]),
    isMapping: true,
  })
}
