import type { Graph } from '../graph/graph.ts'
import type { NoOp } from './plan.ts'
import type { PlanInput } from './plan-input.ts'
import type { TaskAncestry } from './task-ancestry.ts'

/** The saved queries of a selection: as in dbt's builds each takes its turn, once what its metrics are made of was built. */
export function savedQueryNoOps({ graph, mode, selection, retry }: PlanInput, turns: TaskAncestry): NoOp[] {
  if (mode !== 'build' && mode !== 'retry') return []
  return Object.keys(graph.manifest.saved_queries)
    .filter((id) => selection.has(id) && (retry === undefined ? mode === 'build' : retry.has(id)))
    .map((id) => ({ id, after: turns.nearest(nodesUnder(id, graph)) }))
}

/** The nodes of the graph that a description rests on, through other descriptions. */
function nodesUnder(id: string, { nodes, manifest }: Graph): readonly string[] {
  const under = new Set<string>()
  const seen = new Set([id])
  for (const described of seen) {
    for (const parent of manifest.parent_map[described] ?? []) (nodes.has(parent) ? under : seen).add(parent)
  }
  return [...under]
}
