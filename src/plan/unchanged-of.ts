import { ago } from './ago.ts'
import { foreignSource } from './foreign-source.ts'
import type { Plan, Reused, Task } from './plan.ts'
import type { PlanInput } from './plan-input.ts'
import { TaskAncestry } from './task-ancestry.ts'

/**
 * What of a plan has neither new code nor new data, so that its last result stands. A check's answer stands when it
 * passed as it is written now and nothing that it reads is made anew; of what
 * looks at the clock or asks the warehouse nothing is known. Pipelines are never among it: only they know what
 * is at their sources.
 */
export function unchangedOf(plan: Plan, { graph, successes, now }: PlanInput): readonly Reused[] {
  const kept = plan.tasks.filter(isUnchanged)
  const keptIds = new Set(kept.map(({ node }) => node.uniqueId))
  const ancestry = new TaskAncestry(graph, new Set(plan.tasks.map(({ node }) => node.uniqueId)))
  const checks = [...plan.checks.map(({ check }) => check), ...plan.tasks.flatMap(({ gates }) => gates)]
  const known = checks.flatMap((node): readonly Reused[] => {
    const above = ancestry.above(node)
    const passed = successes.get(node.uniqueId)
    if (passed?.fingerprint !== node.fingerprint || node.volatile !== undefined) return []
    if (foreignSource(node, graph) !== undefined) return []
    if (above.length === 0 || !above.every((id) => keptIds.has(id))) return []
    return [{ node, because: `it passed ${ago(passed.at, now)}, and nothing is new since` }]
  })
  return [...kept.map(({ node, because }) => ({ node, because })), ...known]
}

function isUnchanged({ node, reason }: Task): boolean {
  return reason === 'asked for' && node.kind !== 'pipeline'
}
