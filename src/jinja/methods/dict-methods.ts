import { PyDict } from '../values/dict.ts'
import { DictView } from '../values/dict-view.ts'
import { iterate } from '../values/iterate.ts'
import { PythonError } from '../values/python-error.ts'
import { PySet } from '../values/set.ts'
import { reprOf } from '../values/text.ts'
import { PyTuple } from '../values/tuple.ts'
import { MethodTableBuilder } from './method.ts'

/** Python's dict methods. */
export const dictMethods = new MethodTableBuilder<PyDict>()
  .add('clear', [], (dict) => {
    dict.clear()
    return null
  })
  .add('copy', [], (dict) => PyDict.of(dict.entries()))
  .add('fromkeys', ['iterable', 'value?'], (_dict, keys, value = null) =>
    PyDict.of(Array.from(iterate(keys), (key) => [key, value] as const)),
  )
  .add('get', ['key', 'default?'], (dict, key, otherwise = null) => {
    const value = dict.get(key)
    return value === undefined ? otherwise : value
  })
  .add('items', [], (dict) => new DictView('items', dict))
  .add('keys', [], (dict) => new DictView('keys', dict))
  .add('values', [], (dict) => new DictView('values', dict))
  .add('pop', ['key', 'default?'], (dict, key, otherwise) => {
    const value = dict.get(key)
    if (value !== undefined) dict.delete(key)
    else if (otherwise === undefined) throw new PythonError('KeyError', reprOf(key))
    return value === undefined ? otherwise : value
  })
  .add('popitem', [], (dict) => {
    const last = Array.from(dict.entries()).at(-1)
    if (!last) throw new PythonError('KeyError', "'popitem(): dictionary is empty'")
    dict.delete(last[0])
    return new PyTuple(last)
  })
  .add('setdefault', ['key', 'default?'], (dict, key, otherwise = null) => {
    const value = dict.get(key)
    if (value !== undefined) return value
    dict.set(key, otherwise)
    return otherwise
  })
  .add('update', ['other?', '**kwargs'], (dict, other, kwargs) => {
    if (other !== undefined) for (const [key, value] of pairsOf(other)) dict.set(key, value)
    for (const [key, value] of Object.entries(kwargs as Record<string, unknown>)) dict.set(key, value)
    return null
  })
  .build()

/** Python's set methods. */
export const setMethods = new MethodTableBuilder<PySet>()
  .add('add', ['item'], (set, item) => {
    set.add(item)
    return null
  })
  .add('clear', [], (set) => {
    set.clear()
    return null
  })
  .add('copy', [], (set) => new PySet(set))
  .add('discard', ['item'], (set, item) => {
    set.delete(item)
    return null
  })
  .add('remove', ['item'], (set, item) => {
    if (!set.delete(item)) throw new PythonError('KeyError', reprOf(item))
    return null
  })
  .add('update', ['*others'], (set, others) => {
    for (const other of others as unknown[]) for (const item of iterate(other)) set.add(item)
    return null
  })
  .add('union', ['*others'], (set, others) => new PySet([...set, ...(others as unknown[]).flatMap(toArray)]))
  .add('intersection', ['*others'], (set, others) => {
    const sets = (others as unknown[]).map((other) => new PySet(iterate(other)))
    return new PySet([...set].filter((item) => sets.every((other) => other.has(item))))
  })
  .add('difference', ['*others'], (set, others) => {
    const excluded = new PySet((others as unknown[]).flatMap(toArray))
    return new PySet([...set].filter((item) => !excluded.has(item)))
  })
  .add('symmetric_difference', ['other'], (set, other) => {
    const right = new PySet(iterate(other))
    return new PySet([...[...set].filter((i) => !right.has(i)), ...[...right].filter((i) => !set.has(i))])
  })
  .add('issubset', ['other'], (set, other) => {
    const right = new PySet(iterate(other))
    return [...set].every((item) => right.has(item))
  })
  .add('issuperset', ['other'], (set, other) => toArray(other).every((item) => set.has(item)))
  .add('isdisjoint', ['other'], (set, other) => !toArray(other).some((item) => set.has(item)))
  .build()

/** The pairs of a dict, or of a sequence of pairs, as dict() and update() take them. */
export function pairsOf(value: unknown): Iterable<readonly [unknown, unknown]> {
  if (value instanceof PyDict) return Array.from(value.entries())
  return Array.from(iterate(value), (pair, index) => {
    const items = toArray(pair)
    if (items.length === 2) return [items[0], items[1]] as const
    const problem = `dictionary update sequence element #${index} has length ${items.length}; 2 is required`
    throw new PythonError('ValueError', problem)
  })
}

function toArray(value: unknown): unknown[] {
  return Array.from(iterate(value))
}
