import { integerArgument } from '../values/argument.ts'
import { isSameOrEqual } from '../values/equality.ts'
import { iterate } from '../values/iterate.ts'
import { sorted } from '../values/order.ts'
import { PythonError } from '../values/python-error.ts'
import { reprOf } from '../values/text.ts'
import type { PyTuple } from '../values/tuple.ts'
import { invoke } from './invoke.ts'
import { MethodTableBuilder } from './method.ts'

/** Python's list methods; those that change the list give None. */
export const listMethods = new MethodTableBuilder<unknown[]>()
  .add('append', ['object'], (list, item) => {
    list.push(item)
    return null
  })
  .add('clear', [], (list) => {
    list.length = 0
    return null
  })
  .add('copy', [], (list) => [...list])
  .add('count', ['value'], (list, value) => countOf(list, value))
  .add('extend', ['iterable'], (list, items) => {
    for (const item of Array.from(iterate(items))) list.push(item)
    return null
  })
  .add('index', ['value', 'start?', 'stop?'], (list, value, start, stop) =>
    indexOf('list', list, value, start, stop),
  )
  .add('insert', ['index', 'object'], (list, index, item) => {
    list.splice(integerArgument(index), 0, item)
    return null
  })
  .add('pop', ['index?'], (list, index) => {
    if (list.length === 0) throw new PythonError('IndexError', 'pop from empty list')
    const at = integerArgument(index, -1)
    const from = at < 0 ? at + list.length : at
    if (from < 0 || from >= list.length) throw new PythonError('IndexError', 'pop index out of range')
    return list.splice(from, 1)[0]
  })
  .add('remove', ['value'], (list, value) => {
    const index = list.findIndex((item) => isSameOrEqual(item, value))
    if (index === -1) throw new PythonError('ValueError', 'list.remove(x): x not in list')
    list.splice(index, 1)
    return null
  })
  .add('reverse', [], (list) => {
    list.reverse()
    return null
  })
  .add('sort', ['key?', 'reverse?'], (list, key, reverse) => {
    const keyOf = (item: unknown) => (key === undefined || key === null ? item : invoke(key, [item]))
    list.splice(0, list.length, ...sorted(list, keyOf, reverse === true))
    return null
  })
  .build()

/** Python's tuple methods. */
export const tupleMethods = new MethodTableBuilder<PyTuple>()
  .add('count', ['value'], (tuple, value) => countOf(tuple.items, value))
  .add('index', ['value', 'start?', 'stop?'], (tuple, value, start, stop) =>
    indexOf('tuple', tuple.items, value, start, stop),
  )
  .build()

function countOf(items: readonly unknown[], value: unknown): number {
  return items.filter((item) => isSameOrEqual(item, value)).length
}

function indexOf(
  type: string,
  items: readonly unknown[],
  value: unknown,
  start: unknown,
  stop: unknown,
): number {
  const clamp = (bound: number) => (bound < 0 ? Math.max(0, bound + items.length) : bound)
  const from = clamp(integerArgument(start, 0))
  const to = Math.min(items.length, clamp(integerArgument(stop, items.length)))
  for (let i = from; i < to; i++) if (isSameOrEqual(items[i], value)) return i
  const subject = type === 'list' ? `${reprOf(value)} is not in list` : 'tuple.index(x): x not in tuple'
  throw new PythonError('ValueError', subject)
}
