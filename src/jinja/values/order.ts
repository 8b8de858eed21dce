import { isPlain } from './code-points.ts'
import { isEqual, isSameOrEqual } from './equality.ts'
import { HostObject } from './host-object.ts'
import { asNumeric, compareNumbers } from './number.ts'
import { PythonError } from './python-error.ts'
import { PySet } from './set.ts'
import { PyTuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

export type OrderOperator = '<' | '<=' | '>' | '>='

/** Python's `<`, `<=`, `>` and `>=`. Throws TypeError for values without an order between them. */
export function inOrder(operator: OrderOperator, a: unknown, b: unknown): boolean {
  if (a instanceof PySet && b instanceof PySet) return setsInOrder(operator, a, b)
  const order = compare(a, b)
  if (order === undefined) {
    if (a instanceof Undefined) throw a.error()
    if (b instanceof Undefined) throw b.error()
    const types = `'${typeName(a)}' and '${typeName(b)}'`
    throw new PythonError('TypeError', `'${operator}' not supported between instances of ${types}`)
  }
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** A stable sort as Python's sorted(): only `<` is asked, reverse keeps the order of equals. */
export function sorted<T>(items: Iterable<T>, key: (item: T) => unknown, reverse = false): T[] {
  const keyed = Array.from(items, (item) => ({ item, key: key(item) }))
  const compareKeys = (a: unknown, b: unknown) => (inOrder('<', a, b) ? -1 : inOrder('<', b, a) ? 1 : 0)
  keyed.sort((a, b) => (reverse ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)))
  return keyed.map(({ item }) => item)
}

function compare(a: unknown, b: unknown): number | undefined {
  const x = asNumeric(a)
  if (x !== undefined) {
    const y = asNumeric(b)
    if (y !== undefined) return compareNumbers(x, y)
  }
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (Array.isArray(a) && Array.isArray(b)) return compareSequences(a, b)
  if (a instanceof PyTuple && b instanceof PyTuple) return compareSequences(a.items, b.items)
  if (a instanceof HostObject) return a.compare(b)
  if (b instanceof HostObject) {
    const reflected = b.compare(a)
    return reflected === undefined ? undefined : -reflected
  }
  return undefined
}

/** Order by code points; UTF-16 units order differently above U+FFFF. */
function compareTexts(a: string, b: string): number {
  if (isPlain(a) && isPlain(b)) return a < b ? -1 : a > b ? 1 : 0
  const [x, y] = [Array.from(a), Array.from(b)]
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return x.length - y.length
}

function compareSequences(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (isSameOrEqual(a[i], b[i])) continue
    return inOrder('<', a[i], b[i]) ? -1 : 1
  }
  return a.length - b.length
}

function setsInOrder(operator: OrderOperator, a: PySet, b: PySet): boolean {
  const within = (x: PySet, y: PySet) => [...x].every((item) => y.has(item))
  switch (operator) {
    case '<':
      return within(a, b) && !isEqual(a, b)
    case '<=':
      return within(a, b)
    case '>':
      return within(b, a) && !isEqual(a, b)
    case '>=':
      return within(b, a)
  }
}
