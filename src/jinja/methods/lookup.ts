import { characters, isPlain } from '../values/code-points.ts'
import { fromHost } from '../values/convert.ts'
import { PyDict } from '../values/dict.ts'
import { PyFloat } from '../values/float.ts'
import { GroupTuple } from '../values/group-tuple.ts'
import { HostObject } from '../values/host-object.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { asInteger } from '../values/number.ts'
import { PythonError } from '../values/python-error.ts'
import { PyRange } from '../values/range.ts'
import { PySet } from '../values/set.ts'
import { Signature } from '../values/signature.ts'
import { PySlice } from '../values/slice.ts'
import { reprOf, textOf } from '../values/text.ts'
import { PyTuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { BoundMethod } from './bound-method.ts'
import { braceFormat } from './brace-format.ts'
import { dictMethods, setMethods } from './dict-methods.ts'
import { invoke } from './invoke.ts'
import { listMethods, tupleMethods } from './list-methods.ts'
import type { Method, MethodTable } from './method.ts'
import { floatMethods, integerMethods } from './number-methods.ts'
import { stringMethods } from './string-methods.ts'

const access = { attribute: pythonAttribute, item: getItem }
const textMethods: MethodTable = new Map([
  ...stringMethods,
  ['format', (self, args, kwargs) => braceFormat(textOf(self), args, kwargs, access)],
  ['format_map', (self, args) => braceFormat(textOf(self), [], mapping(args), access)],
])
const noMethods: MethodTable = new Map()

/** Jinja2's `object.name`: an attribute or method, else an item, else undefined. Throws on an undefined object. */
export function getAttribute(object: unknown, name: string): unknown {
  if (object instanceof Undefined) {
    if (object.forgives) return object
    throw object.error()
  }
  const attribute = ownAttribute(object, name)
  if (attribute !== undefined) return attribute
  const item = ownItem(object, name)
  return item === undefined ? missingAttribute(object, name) : item
}

/** Jinja2's `object[key]`: an item, else an attribute of that name, else undefined. Throws on an undefined object. */
export function getItem(object: unknown, key: unknown): unknown {
  if (object instanceof Undefined) {
    if (object.forgives) return object
    throw object.error()
  }
  const item = ownItem(object, key)
  if (item !== undefined) return item
  if (typeof key !== 'string') return missingItem(object, key)
  const attribute = ownAttribute(object, key)
  return attribute === undefined ? missingAttribute(object, key) : attribute
}

/** Python's own `object.name`, as str.format() has it: never an item. Throws AttributeError. */
function pythonAttribute(object: unknown, name: string): unknown {
  const attribute = ownAttribute(object, name)
  if (attribute !== undefined) return attribute
  throw new PythonError('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`)
}

/** `object.name(…)`, without making a method object in between. */
export function callMethod(object: unknown, name: string, args: readonly unknown[], kwargs: Kwargs): unknown {
  const method = methodsOf(object).get(name)
  return method ? method(object, args, kwargs) : invoke(getAttribute(object, name), args, kwargs)
}

/** Whether an attribute (not an item) of this name exists. */
export function hasAttribute(object: unknown, name: string): boolean {
  return ownAttribute(object, name) !== undefined
}

function methodsOf(value: unknown): MethodTable {
  switch (typeof value) {
    case 'string':
      return textMethods
    case 'number':
    case 'bigint':
    case 'boolean':
      return integerMethods
  }
  if (Array.isArray(value)) return listMethods
  if (value instanceof PyDict) return dictMethods
  if (value instanceof PyTuple) return tupleMethods
  if (value instanceof PySet) return setMethods
  return value instanceof PyFloat ? floatMethods : noMethods
}

function ownAttribute(object: unknown, name: string): unknown {
  if (object instanceof HostObject) {
    const attribute = object.getAttribute(name)
    return attribute === undefined ? undefined : fromHost(attribute)
  }
  if (object instanceof GroupTuple) {
    const named = object.named(name)
    if (named !== undefined) return named
  }
  const method: Method | undefined = methodsOf(object).get(name)
  return method && new BoundMethod(object, name, method)
}

function ownItem(object: unknown, key: unknown): unknown {
  if (object instanceof HostObject) {
    const item = object.getItem(key)
    return item === undefined ? undefined : fromHost(item)
  }
  if (key instanceof PySlice) return slice(object, key)
  if (object instanceof PyDict) return isHashable(key) ? object.get(key) : undefined
  const index = asInteger(key)
  return index === undefined ? undefined : element(object, Number(index))
}

function isHashable(key: unknown): boolean {
  return !(Array.isArray(key) || key instanceof PyDict || key instanceof PySet)
}

function element(object: unknown, index: number): unknown {
  if (Array.isArray(object)) return object.at(index)
  if (object instanceof PyTuple) return object.items.at(index)
  if (typeof object === 'string') return isPlain(object) ? object.at(index) : characters(object).at(index)
  if (object instanceof PyRange) {
    const at = index < 0 ? index + object.length : index
    return at >= 0 && at < object.length ? object.at(at) : undefined
  }
  return undefined
}

function slice(object: unknown, bounds: PySlice): unknown {
  if (Array.isArray(object)) return bounds.indices(object.length).map((index) => object[index])
  if (object instanceof PyTuple) {
    return new PyTuple(bounds.indices(object.items.length).map((index) => object.items[index]))
  }
  if (typeof object === 'string') {
    const points = characters(object)
    const picked = bounds.indices(points.length).map((index) => points[index])
    return picked.join('')
  }
  if (object instanceof PyRange) {
    const indices = bounds.indices(object.length)
    const step = object.step * (typeof bounds.step === 'number' ? bounds.step : 1)
    const start = object.at(indices[0] ?? 0)
    return new PyRange(start, start + step * indices.length, step)
  }
  // Jinja2 leaves slices to Python, which has no undefined.
  throw new PythonError('TypeError', `'${typeName(object)}' object is not subscriptable by a slice`)
}

/** Jinja2's words for a kind of object: None for None, else the type. */
function objectName(object: unknown): string {
  return object === null ? 'None' : `${typeName(object)} object`
}

function missingAttribute(object: unknown, name: string): Undefined {
  const candidates = () => {
    if (object instanceof HostObject) return object.attributeNames()
    const names = [...methodsOf(object).keys()]
    return object instanceof PyDict ? [...names, ...Array.from(object.keys(), textOf)] : names
  }
  return new Undefined(`'${objectName(object)}' has no attribute '${name}'`, name, candidates)
}

function missingItem(object: unknown, key: unknown): Undefined {
  return new Undefined(`${objectName(object)} has no element ${reprOf(key)}`)
}

const mappingSignature = new Signature('format_map', ['mapping'])

function mapping(args: readonly unknown[]): Kwargs {
  const [dict] = mappingSignature.bind(args, Object.create(null))
  return dict instanceof PyDict
    ? Object.fromEntries(Array.from(dict.entries(), ([k, v]) => [textOf(k), v]))
    : {}
}
