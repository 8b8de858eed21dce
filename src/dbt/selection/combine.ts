import type { Combination } from './selection-spec.ts'

/** Sets put together: what is in any, in every one, or in the first and no other. Of no sets, nothing. */
export function combine(kind: Combination['kind'], sets: readonly ReadonlySet<string>[]): Set<string> {
  const [first, ...others] = sets
  const result = new Set(first)
  for (const other of others) {
    if (kind === 'union') for (const id of other) result.add(id)
    else for (const id of result) if (other.has(id) === (kind === 'difference')) result.delete(id)
  }
  return result
}
