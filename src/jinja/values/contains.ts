import { PyDict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { isSameOrEqual } from './equality.ts'
import { tryIterate } from './iterate.ts'
import { PythonError } from './python-error.ts'
import { PySet } from './set.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/** Python's `item in container`. Throws TypeError where Python does. */
export function contains(container: unknown, item: unknown): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    if (item instanceof Undefined) throw item.error()
    const type = typeName(item)
    throw new PythonError('TypeError', `'in <string>' requires string as left operand, not ${type}`)
  }
  if (container instanceof PyDict || container instanceof PySet) return container.has(item)
  if (container instanceof DictView && container.kind === 'keys') return container.dict.has(item)
  const items = tryIterate(container)
  if (!items) throw new PythonError('TypeError', `argument of type '${typeName(container)}' is not iterable`)
  for (const candidate of items) if (isSameOrEqual(candidate, item)) return true
  return false
}
