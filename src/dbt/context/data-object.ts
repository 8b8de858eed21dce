import { fromHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { AttributeObject } from './attribute-object.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * An object of dbt's that holds data, such as the result of a node and the node in it: its fields are attributes, and
 * `to_dict()` gives `dictionary`, where moments are texts and objects dictionaries themselves.
 */
export function dataObject(name: string, fields: Fields, dictionary: Fields = fields): AttributeObject {
  const names = Object.keys(fields)
  return new AttributeObject(name, {
    isMapping: true,
    names: () => names,
    attribute: (key) => {
      if (key === 'to_dict') return hostFunction(key, () => fromHost({ ...dictionary }))
      return Object.hasOwn(fields, key) ? fromHost(fields[key]) : undefined
    },
  })
}
