import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** `test_name:` generic tests by the name of what they test (`unique`), and unit tests by their own. */
export const testNameMethod: Method = ({ value }) => {
  const matches = wildcard(String(value))
  return ({ resource_type, test_metadata, name }) => {
    if (resource_type === 'unit_test') return matches(name)
    return resource_type === 'test' && test_metadata !== undefined && matches(test_metadata.name)
  }
}
