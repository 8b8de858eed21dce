import { fromHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { AttributeObject } from './attribute-object.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * An object of dbt's that holds data, such as the result of a node and the node in it: its fields are attributes, and
 * `to_dict()` gives all of them as a dictionary.
 */
export function dataObject(
  name: string,
  fields: Fields,
  nested: Readonly<Record<string, Fields>> = {},
): AttributeObject {
  const inner = new Map(Object.entries(nested).map(([key, value]) => [key, dataObject(key, value)]))
  const names = [...Object.keys(fields), ...inner.keys()]
  return new AttributeObject(name, {
    isMapping: true,
    names: () => names,
    attribute: (key) => {
      if (key === 'to_dict') return hostFunction(key, () => fromHost({ ...fields, ...nested }))
      const field = inner.get(key) ?? (Object.hasOwn(fields, key) ? fields[key] : undefined)
      return field instanceof AttributeObject ? field : fromHost(field)
    },
  })
}
