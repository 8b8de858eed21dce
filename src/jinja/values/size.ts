import { textLength } from './code-points.ts'
import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { PythonError } from './python-error.ts'
import { PyRange } from './range.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** Python's len(), or undefined for a value without one. */
export function knownSize(value: unknown): number | undefined {
  if (typeof value === 'string') return textLength(value)
  if (Array.isArray(value)) return value.length
  if (value instanceof PyDict || value instanceof PySet) return value.size
  if (value instanceof PyTuple) return value.items.length
  if (value instanceof DictView) return value.dict.size
  if (value instanceof PyRange) return value.length
  if (value instanceof Undefined) return 0
  return value instanceof HostObject ? value.size?.() : undefined
}

/** Python's len(). Throws TypeError for a value without one. */
export function sizeOf(value: unknown): number {
  const size = knownSize(value)
  if (size !== undefined) return size
  throw new PythonError('TypeError', `object of type '${typeName(value)}' has no len()`)
}

/** Python's bool(). */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
    case 'bigint':
      return Boolean(value)
  }
  if (value === null) return false
  if (value instanceof HostObject) return value.isTrue()
  if (value instanceof PyFloat) return value.value !== 0
  return knownSize(value) !== 0
}
