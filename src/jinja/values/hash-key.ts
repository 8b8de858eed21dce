import { PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { PythonError } from './python-error.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

const identities = new WeakMap<object, number>()
let nextIdentity = 0

/**
 * A Map key that is the same for values Python takes as one dict key: 1, 1.0 and True; equal tuples.
 * Strings that begin with NUL are prefixed, so that the texts made for tuples stay apart. Throws TypeError for
 * values that cannot be hashed.
 */
export function hashKey(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
  }
  if (value === null) return null
  if (value instanceof PyFloat) return floatKey(value)
  if (value instanceof PyTuple) return `\0t${value.items.map(partText).join('')}`
  if (value instanceof HostObject) return value.hashKey()
  if (value instanceof Undefined) return Undefined
  if (isHashableByIdentity(value)) return value
  throw new PythonError('TypeError', `unhashable type: '${typeName(value)}'`)
}

function floatKey(float: PyFloat): unknown {
  const { value } = float
  if (Number.isSafeInteger(value)) return value + 0
  if (Number.isNaN(value)) return float
  return Number.isInteger(value) ? BigInt(value) : value
}

/** Python's containers that cannot change or are compared by identity. */
function isHashableByIdentity(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'hashesByIdentity' in value
}

function partText(item: unknown): string {
  const key = hashKey(item)
  if (typeof key === 'string') return `s${key.length}:${key}`
  if ((typeof key === 'object' && key !== null) || typeof key === 'function') {
    const identity = identities.get(key) ?? nextIdentity++
    identities.set(key, identity)
    return `o${identity};`
  }
  return `${String(key)};`
}
