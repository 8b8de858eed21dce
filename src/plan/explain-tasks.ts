import { ago } from './ago.ts'
import { foreignSource } from './foreign-source.ts'
import type { Reason } from './plan.ts'
import type { PlanInput } from './plan-input.ts'
import { TaskAncestry } from './task-ancestry.ts'
import { isTaskNode, type TaskNode } from './task-node.ts'

export interface Explanation {
  readonly reason: Reason
  readonly because: string
}

/** Why each task is to run, by unique id; `tasks` in the graph's order, as a reason may pass from parent to child. */
export function explainTasks(
  tasks: readonly TaskNode[],
  planned: TaskAncestry,
  input: PlanInput,
): ReadonlyMap<string, Explanation> {
  const all = [...input.graph.nodes.values()].filter(isTaskNode).map((node) => node.uniqueId)
  const everything = all.length === tasks.length ? planned : new TaskAncestry(input.graph, new Set(all))
  const reasons = new Map<string, Explanation>()
  for (const node of tasks) {
    reasons.set(
      node.uniqueId,
      ofItself(node, input) ??
        ofComing(planned.above(node), reasons, input) ??
        ofPast(node, everything.above(node), input) ?? {
          reason: 'asked for',
          because: `nothing is new since its last success ${ago(input.successes.get(node.uniqueId)!.at, input.now)}`,
        },
    )
  }
  return reasons
}

function ofItself(node: TaskNode, input: PlanInput): Explanation | undefined {
  const success = input.successes.get(node.uniqueId)
  if (input.retry !== undefined) {
    return { reason: 'retry', because: 'it did not succeed in the run that is being retried' }
  }
  if (!success) return { reason: 'new node', because: `never built on target ${input.target}` }
  if (success.fingerprint !== node.fingerprint) {
    return {
      reason: 'new code',
      because: `its code changed since its last success ${ago(success.at, input.now)}`,
    }
  }
  if (input.missing?.has(node.uniqueId)) return { reason: 'new node', because: 'its table is gone' }
  const news = input.sourceNews.get(node.uniqueId)
  if (news && news.newParts > 0) return { reason: 'new data', because: news.summary }
  if (input.reuse !== true) return undefined
  if (node.volatile !== undefined) {
    return { reason: 'new data', because: `it ${node.volatile}, so its rows may be others by now` }
  }
  const foreign = foreignSource(node, input.graph)
  if (foreign === undefined) return undefined
  return { reason: 'new data', because: `${foreign.name} is filled by others, who do not tell when` }
}

/** A parent that is to run for a reason of its own brings new data. */
function ofComing(
  parents: readonly string[],
  reasons: ReadonlyMap<string, Explanation>,
  { graph }: PlanInput,
): Explanation | undefined {
  const fresh = parents.filter((id) => reasons.get(id)?.reason !== 'asked for')
  const [first] = fresh
  if (first === undefined) return undefined
  const name = `${graph.nodes.get(first)!.name} (${reasons.get(first)!.reason})`
  const others = fresh.length - 1
  return {
    reason: 'new data',
    because: others === 0 ? `${name} runs before it` : `${name} and ${others} more run before it`,
  }
}

/** A parent that was built after this one last was has data this one has not seen. */
function ofPast(node: TaskNode, parents: readonly string[], input: PlanInput): Explanation | undefined {
  const own = Date.parse(input.successes.get(node.uniqueId)!.at)
  const newer = parents.find((id) => {
    const success = input.successes.get(id)
    return success !== undefined && Date.parse(success.at) > own
  })
  if (newer === undefined) return undefined
  const when = ago(input.successes.get(newer)!.at, input.now)
  return { reason: 'new data', because: `${input.graph.nodes.get(newer)!.name} was built ${when}, after it` }
}
