import type { Selectable } from '../selectable.ts'
import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

const isGeneric = ({ resource_type, test_metadata }: Selectable) =>
  resource_type === 'test' && test_metadata !== undefined

const kinds: ReadonlyMap<string, (member: Selectable) => boolean> = new Map([
  ['generic', isGeneric],
  ['singular', (member) => member.resource_type === 'test' && !isGeneric(member)],
  ['data', ({ resource_type }) => resource_type === 'test'],
  ['unit', ({ resource_type }) => resource_type === 'unit_test'],
  // What generic tests were called before dbt 1.0.
  ['schema', isGeneric],
])

/** `test_type:` generic, singular, data (both), or unit. */
export const testTypeMethod: Method = ({ value, text }) => {
  const judge = kinds.get(String(value))
  if (judge === undefined) throw unknownWord('test type', String(value), text, [...kinds.keys()])
  return judge
}
