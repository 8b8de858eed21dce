import type { CheckTask } from './plan.ts'

/**
 * What is downstream of everything a check reads waits for the check, as in dbt: adds the checks' ids to the tasks that
 * each is `after`, by unique id.
 */
export function waitForChecks(checks: readonly CheckTask[], after: ReadonlyMap<string, Set<string>>): void {
  const below = new Map<string, string[]>()
  for (const [id, above] of after) {
    for (const parent of above) {
      const list = below.get(parent)
      if (list) list.push(id)
      else below.set(parent, [id])
    }
  }
  const descendants = (id: string): ReadonlySet<string> => {
    const found = new Set(below.get(id))
    for (const each of found) for (const next of below.get(each) ?? []) found.add(next)
    return found
  }
  const waits = checks.map(({ check, after: parents }) => {
    const [first, ...others] = parents
    if (first === undefined) return { check, tasks: [] }
    // What waits for a check is skipped when it fails, and so is all that is further down.
    if (others.length === 0) return { check, tasks: below.get(first) ?? [] }
    const sets = others.map(descendants)
    return { check, tasks: [...descendants(first)].filter((id) => sets.every((set) => set.has(id))) }
  })
  for (const { check, tasks } of waits) for (const id of tasks) after.get(id)?.add(check.uniqueId)
}
