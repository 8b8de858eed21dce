import { integerArgument } from '../values/argument.ts'
import { binary } from '../values/arithmetic.ts'
import { characters } from '../values/code-points.ts'
import { PyDict } from '../values/dict.ts'
import { DictView } from '../values/dict-view.ts'
import { isEqual } from '../values/equality.ts'
import { GroupTuple } from '../values/group-tuple.ts'
import { iterate, tryIterate } from '../values/iterate.ts'
import { PyIterator } from '../values/iterator.ts'
import { inOrder, sorted } from '../values/order.ts'
import { PythonError } from '../values/python-error.ts'
import { PySet } from '../values/set.ts'
import { isTrue, sizeOf } from '../values/size.ts'
import { textOf } from '../values/text.ts'
import { PyTuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { attributeGetter, caseFolder, multipleAttributeGetter } from './attribute-path.ts'
import { FilterTableBuilder } from './filter.ts'

/** Filters on sequences as a whole. */
export const sequenceFilters = new FilterTableBuilder()
  .add(['length', 'count'], [], (value) => sizeOf(value))
  .add('list', [], (value) => Array.from(iterate(value)))
  .add('first', [], (value) => {
    const first = iterate(value)[Symbol.iterator]().next()
    return first.done ? new Undefined('No first item, sequence was empty.') : first.value
  })
  .add('last', [], (value) => {
    const items = reversible(value)
    return items.length === 0 ? new Undefined('No last item, sequence was empty.') : items.at(-1)
  })
  .add('random', [], (value) => {
    const items = typeof value === 'string' ? characters(value) : Array.from(iterate(value))
    if (items.length === 0) return new Undefined('No random item, sequence was empty.')
    return items[Math.floor(Math.random() * items.length)]
  })
  .add('reverse', [], (value) => {
    if (typeof value === 'string') return characters(value).toReversed().join('')
    return new PyIterator(Array.from(iterate(value)).toReversed(), 'list_reverseiterator')
  })
  .add('join', ['d?', 'attribute?'], (value, separator = '', attribute) => {
    const get = attributeGetter(attribute)
    return Array.from(iterate(value), (item) => textOf(get(item))).join(textOf(separator))
  })
  .add('sort', ['reverse?', 'case_sensitive?', 'attribute?'], (value, reverse, caseSensitive, attribute) => {
    const key = multipleAttributeGetter(attribute, caseFolder(truth(caseSensitive)))
    return sorted(iterate(value), key, truth(reverse))
  })
  .add(
    'unique',
    ['case_sensitive?', 'attribute?'],
    (value, caseSensitive, attribute) =>
      new PyIterator(unique(iterate(value), attribute, truth(caseSensitive))),
  )
  .add('min', ['case_sensitive?', 'attribute?'], (value, caseSensitive, attribute) =>
    extreme('<', value, truth(caseSensitive), attribute),
  )
  .add('max', ['case_sensitive?', 'attribute?'], (value, caseSensitive, attribute) =>
    extreme('>', value, truth(caseSensitive), attribute),
  )
  .add('sum', ['attribute?', 'start?'], (value, attribute, start = 0) => {
    if (typeof start === 'string') throw new PythonError('TypeError', "sum() can't sum strings")
    const get = attributeGetter(attribute)
    let total: unknown = start
    for (const item of iterate(value)) total = binary('+', total, get(item))
    return total
  })
  .add(
    'batch',
    ['linecount', 'fill_with?'],
    (value, size, fill) => new PyIterator(batch(iterate(value), integerArgument(size), fill)),
  )
  .add(
    'slice',
    ['slices', 'fill_with?'],
    (value, count, fill) => new PyIterator(columns(Array.from(iterate(value)), integerArgument(count), fill)),
  )
  .add(
    'groupby',
    ['attribute', 'default?', 'case_sensitive?'],
    (value, attribute, otherwise, caseSensitive) =>
      groupBy(value, attribute, otherwise, truth(caseSensitive)),
  )
  .add('dictsort', ['case_sensitive?', 'by?', 'reverse?'], (value, caseSensitive, by = 'key', reverse) => {
    if (by !== 'key' && by !== 'value') {
      throw new PythonError('ValueError', 'You can only sort by either "key" or "value"')
    }
    const fold = caseFolder(truth(caseSensitive))
    const pairs = Array.from(dictOf(value).entries())
    const ordered = sorted(pairs, (pair) => fold(pair[by === 'key' ? 0 : 1]), truth(reverse))
    return ordered.map((pair) => new PyTuple(pair))
  })
  .add('items', [], (value) => {
    if (value instanceof Undefined) return new PyIterator([])
    if (!(value instanceof PyDict)) {
      throw new PythonError('TypeError', 'Can only get item pairs from a mapping.')
    }
    return new PyIterator(new DictView('items', value))
  })
  .build()

function truth(value: unknown): boolean {
  return value !== undefined && isTrue(value)
}

function dictOf(value: unknown): PyDict {
  if (value instanceof PyDict) return value
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
}

/** The items of what Python's reversed() takes. */
function reversible(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return characters(value)
  const reverses = !(value instanceof PyIterator || value instanceof PySet)
  const items = reverses ? tryIterate(value) : undefined
  if (items) return Array.from(items)
  if (tryIterate(value)) throw new PythonError('TypeError', `'${typeName(value)}' object is not reversible`)
  throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`)
}

function* unique(items: Iterable<unknown>, attribute: unknown, caseSensitive: boolean): Generator<unknown> {
  const get = attributeGetter(attribute)
  const fold = caseFolder(caseSensitive)
  const seen = new PySet()
  for (const item of items) {
    const key = fold(get(item))
    if (seen.has(key)) continue
    seen.add(key)
    yield item
  }
}

function extreme(operator: '<' | '>', value: unknown, caseSensitive: boolean, attribute: unknown): unknown {
  const get = attributeGetter(attribute)
  const fold = caseFolder(caseSensitive)
  let best: { readonly item: unknown; readonly key: unknown } | undefined
  for (const item of iterate(value)) {
    const key = fold(get(item))
    if (!best || inOrder(operator, key, best.key)) best = { item, key }
  }
  return best ? best.item : new Undefined('No aggregated item, sequence was empty.')
}

function* batch(items: Iterable<unknown>, size: number, fill: unknown): Generator<unknown[]> {
  let rows: unknown[] = []
  for (const item of items) {
    if (rows.length === size) {
      yield rows
      rows = []
    }
    rows.push(item)
  }
  if (rows.length === 0) return
  if (fill !== undefined && fill !== null) while (rows.length < size) rows.push(fill)
  yield rows
}

function* columns(items: readonly unknown[], count: number, fill: unknown): Generator<unknown[]> {
  if (count === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero')
  const each = Math.floor(items.length / count)
  const longer = items.length % count
  let start = 0
  for (let column = 0; column < count; column++) {
    const end = start + each + (column < longer ? 1 : 0)
    const part = items.slice(start, end)
    if (fill !== undefined && fill !== null && column >= longer) part.push(fill)
    yield part
    start = end
  }
}

function groupBy(
  value: unknown,
  attribute: unknown,
  otherwise: unknown,
  caseSensitive: boolean,
): GroupTuple[] {
  const get = attributeGetter(attribute, otherwise)
  const fold = caseFolder(caseSensitive)
  const key = (item: unknown) => fold(get(item))
  const groups: { key: unknown; items: unknown[] }[] = []
  for (const item of sorted(iterate(value), key)) {
    const itemKey = key(item)
    const last = groups.at(-1)
    if (last && isEqual(last.key, itemKey)) last.items.push(item)
    else groups.push({ key: itemKey, items: [item] })
  }
  // The key is shown as the first item has it, not in lower case.
  return groups.map(({ items }) => new GroupTuple(get(items[0]), items))
}
