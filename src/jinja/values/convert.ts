import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { PyFloat } from './float.ts'
import { HostObject } from './host-object.ts'
import { normalize } from './integer.ts'
import { PyIterator } from './iterator.ts'
import { PythonError } from './python-error.ts'
import { PyRange } from './range.ts'
import { PySet } from './set.ts'
import { PySlice } from './slice.ts'
import { textOf } from './text.ts'
import { PyTuple } from './tuple.ts'
import { Undefined } from './undefined.ts'

/**
 * A JavaScript value as a template value. Whole numbers become ints (a PyFloat keeps a float), arrays lists, Maps and
 * plain objects dicts, Sets sets, null and undefined None; template values and host objects stay as they are. Arrays
 * and dicts are copied only where something in them must be converted. Throws TypeError for what templates cannot
 * use: bare functions (wrap them with hostFunction) and instances of unknown classes (wrap them in a HostObject).
 */
export function fromHost(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isInteger(value) && !Object.is(value, -0) ? fromWhole(value) : new PyFloat(value)
    case 'bigint':
      return normalize(value)
    case 'undefined':
      return null
    case 'function':
      throw new PythonError(
        'TypeError',
        `the function ${value.name || '(anonymous)'} is not wrapped by hostFunction`,
      )
  }
  if (value === null || isTemplateValue(value)) return value
  if (Array.isArray(value)) return fromArray(value)
  if (value instanceof Map)
    return PyDict.of(Array.from(value, ([key, item]) => [fromHost(key), fromHost(item)]))
  if (value instanceof Set) return new PySet(Array.from(value, fromHost))
  if (typeof value === 'object' && isPlainObject(value)) {
    return PyDict.of(Object.entries(value).map(([key, item]) => [key, fromHost(item)]))
  }
  const className = typeof value === 'object' ? value.constructor.name : typeof value
  throw new PythonError('TypeError', `templates cannot use a value of class ${className}`)
}

function fromWhole(value: number): unknown {
  return Number.isSafeInteger(value) ? value : normalize(BigInt(value))
}

function fromArray(items: readonly unknown[]): readonly unknown[] {
  for (let i = 0; i < items.length; i++) {
    if (fromHost(items[i]) !== items[i]) return items.map(fromHost)
  }
  return items
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isTemplateValue(value: unknown): boolean {
  return (
    value instanceof HostObject ||
    value instanceof PyDict ||
    value instanceof PyTuple ||
    value instanceof PyFloat ||
    value instanceof PySet ||
    value instanceof Undefined ||
    value instanceof DictView ||
    value instanceof PyRange ||
    value instanceof PyIterator ||
    value instanceof PySlice
  )
}

/**
 * A template value as plain JavaScript: floats as numbers, tuples and lists as arrays, dicts as objects (keys as
 * text), sets as Sets, undefined as undefined; large ints stay bigints, host objects stay themselves.
 */
export function toHost(value: unknown): unknown {
  return hosted(value, (float) => float.value)
}

/** As toHost, for what is kept and seen by templates again: a whole float stays one, so that 1.0 is not taken for 1. */
export function toDocument(value: unknown): unknown {
  return hosted(value, (float) => (Number.isInteger(float.value) ? float : float.value))
}

function hosted(value: unknown, ofFloat: (float: PyFloat) => unknown): unknown {
  const host = (item: unknown) => hosted(item, ofFloat)
  if (value instanceof PyFloat) return ofFloat(value)
  if (value instanceof Undefined) return undefined
  if (Array.isArray(value)) return value.map(host)
  if (value instanceof PyTuple) return value.items.map(host)
  if (value instanceof PySet) return new Set(Array.from(value, host))
  if (value instanceof DictView || value instanceof PyRange || value instanceof PyIterator) {
    return Array.from(value, host)
  }
  if (value instanceof PyDict) {
    return Object.fromEntries(Array.from(value.entries(), ([key, item]) => [textOf(key), host(item)]))
  }
  return value
}
