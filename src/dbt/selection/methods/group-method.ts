import type { Selectable } from '../selectable.ts'
import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** Kinds with a `config`, that dbt does not look at for their group. */
const WITHOUT = new Set(['source', 'exposure', 'unit_test', 'semantic_model', 'saved_query'])

export const groupMethod: Method = ({ value }) => {
  const matches = wildcard(String(value))
  return (member) => {
    const group = groupOf(member)
    return group !== undefined && matches(group)
  }
}

/** The group that a member is configured to be in. */
export function groupOf({ resource_type, config }: Selectable): string | undefined {
  const group = WITHOUT.has(resource_type) ? undefined : config?.['group']
  return typeof group === 'string' ? group : undefined
}
