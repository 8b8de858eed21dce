import { characters } from './code-points.ts'
import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { HostObject } from './host-object.ts'
import { PyIterator } from './iterator.ts'
import { PythonError } from './python-error.ts'
import { PyRange } from './range.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** Python's iter(): the items of a value. Throws TypeError for one that has none. */
export function iterate(value: unknown): Iterable<unknown> {
  const items = tryIterate(value)
  if (items) return items
  throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`)
}

/** As iterate, but undefined for a value that has no items. */
export function tryIterate(value: unknown): Iterable<unknown> | undefined {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return characters(value)
  if (value instanceof PyDict) return { [Symbol.iterator]: () => value.keys() }
  if (value instanceof Undefined) return []
  if (value instanceof HostObject) return value.iterate?.()
  const iterable =
    value instanceof PyTuple ||
    value instanceof DictView ||
    value instanceof PyIterator ||
    value instanceof PySet ||
    value instanceof PyRange
  return iterable ? value : undefined
}
