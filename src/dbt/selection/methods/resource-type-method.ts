import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

/** Every word for a kind of resource, and what it is in a manifest. `check` is our word for a test. */
export const RESOURCE_TYPES: ReadonlyMap<string, string> = new Map([
  ...[
    'pipeline',
    'source',
    'model',
    'seed',
    'snapshot',
    'test',
    'unit_test',
    'analysis',
    'exposure',
    'metric',
    'semantic_model',
    'saved_query',
    'function',
    'operation',
    'contract',
  ].map((type) => [type, type] as const),
  ['check', 'test'],
])

/** `resource_type:` one kind of resource. */
export const resourceTypeMethod: Method = ({ value, text }) => {
  const type = RESOURCE_TYPES.get(String(value))
  if (type === undefined) throw unknownWord('resource type', String(value), text, [...RESOURCE_TYPES.keys()])
  return (member) => member.resource_type === type
}
