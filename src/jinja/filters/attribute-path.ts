import { getItem } from '../methods/lookup.ts'
import { PythonError } from '../values/python-error.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'

/** Gets what a dotted path such as `a.0.b` (or one integer) leads to; the item itself for None or no path. */
export function attributeGetter(attribute: unknown, otherwise?: unknown): (item: unknown) => unknown {
  const parts = pathParts(attribute)
  const hasDefault = otherwise !== undefined && otherwise !== null
  return (item) => {
    let value = item
    for (const part of parts) {
      value = getItem(value, part)
      if (hasDefault && value instanceof Undefined) value = otherwise
    }
    return value
  }
}

/** As attributeGetter for several paths with commas: gives a list of what they lead to. */
export function multipleAttributeGetter(
  attribute: unknown,
  finish: (value: unknown) => unknown,
): (item: unknown) => unknown[] {
  const paths = typeof attribute === 'string' ? attribute.split(',') : [attribute]
  const getters = paths.map((path) => attributeGetter(path))
  return (item) => getters.map((getter) => finish(getter(item)))
}

/** Lower case for strings, unless case matters: how filters compare. */
export function caseFolder(caseSensitive: boolean): (value: unknown) => unknown {
  if (caseSensitive) return (value) => value
  return (value) => (typeof value === 'string' ? value.toLowerCase() : value)
}

function pathParts(attribute: unknown): readonly (string | number)[] {
  if (attribute === undefined || attribute === null) return []
  if (typeof attribute === 'number') return [attribute]
  if (typeof attribute === 'string') {
    return attribute.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  }
  throw new PythonError('TypeError', `an attribute is named by a str or an int, not ${typeName(attribute)}`)
}
