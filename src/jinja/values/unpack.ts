import { iterate } from './iterate.ts'
import { PythonError } from './python-error.ts'

/** The items of a value that is taken apart into `count` names; a ValueError when there are more or fewer. */
export function unpack(value: unknown, count: number): readonly unknown[] {
  const items = Array.from(iterate(value))
  if (items.length === count) return items
  const problem =
    items.length > count
      ? `too many values to unpack (expected ${count})`
      : `not enough values to unpack (expected ${count}, got ${items.length})`
  throw new PythonError('ValueError', problem)
}
