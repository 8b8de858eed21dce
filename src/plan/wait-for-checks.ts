import type { Graph } from '../graph/graph.ts'
import type { CheckTask } from './plan.ts'

/**
 * What is downstream of everything a check reads waits for the check, as in dbt, be what it reads a task here, a source or
 * left out: adds the checks' ids to the tasks that each is `after`, by unique id.
 */
export function waitForChecks(
  checks: readonly CheckTask[],
  after: ReadonlyMap<string, Set<string>>,
  graph: Graph,
): void {
  const nearest = new Map<string, ReadonlySet<string>>()
  const all = new Map<string, ReadonlySet<string>>()
  const below = (id: string, found: Map<string, ReadonlySet<string>>): ReadonlySet<string> => {
    const known = found.get(id) ?? tasksBelow(id, after, graph, found === all)
    found.set(id, known)
    return known
  }
  for (const { check } of checks) {
    const [first, ...others] = new Set(check.dependsOn)
    if (first === undefined) continue
    // What waits for a check is skipped when it fails, and so is all that is further down.
    const tasks =
      others.length === 0
        ? below(first, nearest)
        : [...below(first, all)].filter((id) => others.every((other) => below(other, all).has(id)))
    for (const id of tasks) after.get(id)!.add(check.uniqueId)
  }
}

/** The tasks below a node: all of them, or those that no other task is between. */
function tasksBelow(
  id: string,
  tasks: ReadonlyMap<string, unknown>,
  graph: Graph,
  isAll: boolean,
): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<string>([id])
  // A set is gone through in the order in which it grows.
  for (const each of seen) {
    if (tasks.has(each) && each !== id) {
      found.add(each)
      if (!isAll) continue
    }
    for (const child of graph.children.get(each) ?? []) seen.add(child)
  }
  return found
}
