import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { HostObject } from './host-object.ts'
import { asNumeric, numbersEqual } from './number.ts'
import { PyRange } from './range.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { Undefined } from './undefined.ts'

/** Python's `==`. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' || typeof b === 'string') {
    if (typeof a === typeof b) return a === b
    return a instanceof HostObject ? a.equals(b) : b instanceof HostObject && b.equals(a)
  }
  const x = asNumeric(a)
  if (x !== undefined) {
    const y = asNumeric(b)
    if (y !== undefined) return numbersEqual(x, y)
  }
  if (a === b) return true
  if (a === null || b === null) return false
  if (a instanceof HostObject) return a.equals(b)
  if (b instanceof HostObject) return b.equals(a)
  if (Array.isArray(a)) return Array.isArray(b) && itemsEqual(a, b)
  if (a instanceof PyTuple) return b instanceof PyTuple && itemsEqual(a.items, b.items)
  if (a instanceof PyDict) return b instanceof PyDict && dictsEqual(a, b)
  if (a instanceof PyRange) return b instanceof PyRange && itemsEqual([...a], [...b])
  if (isSetLike(a) && isSetLike(b)) {
    const [left, right] = [new PySet(a), new PySet(b)]
    return left.size === right.size && [...left].every((item) => right.has(item))
  }
  return a instanceof Undefined && b instanceof Undefined
}

/** Equal, or the very same object: what `in`, `index` and `remove` go by. */
export function isSameOrEqual(a: unknown, b: unknown): boolean {
  return a === b || isEqual(a, b)
}

function isSetLike(value: unknown): value is PySet | DictView {
  return value instanceof PySet || (value instanceof DictView && value.kind !== 'values')
}

function itemsEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => isSameOrEqual(item, b[index]))
}

function dictsEqual(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a.entries()) {
    const other = b.get(key)
    if (other === undefined || !isSameOrEqual(value, other)) return false
  }
  return true
}
