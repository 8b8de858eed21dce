import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import { untouchedResult } from '../../dbt/artifacts/untouched-result.ts'
import type { Graph } from '../../graph/graph.ts'
import type { Node } from '../../graph/node.ts'
import { TaskAncestry } from '../../plan/task-ancestry.ts'
import { Schedule } from '../../run/schedule.ts'

const COMPILED: ReadonlySet<Node['kind']> = new Set([
  'model',
  'seed',
  'snapshot',
  'check',
  'analysis',
  'function',
])

/** The results of a command that compiles: of each selected node that it is done, in the order of a run of them. */
export function compileResults(graph: Graph, selected: ReadonlySet<string>): readonly NodeResult[] {
  const nodes = [...graph.nodes.values()].filter(
    ({ kind, uniqueId }) => COMPILED.has(kind) && selected.has(uniqueId) && uniqueId in graph.manifest.nodes,
  )
  const ancestry = new TaskAncestry(graph, new Set(nodes.map(({ uniqueId }) => uniqueId)))
  const schedule = new Schedule(
    nodes.map((node) => ({ id: node.uniqueId, after: ancestry.above(node), node })),
  )
  const results: NodeResult[] = []
  for (let turn = schedule.take(); turn !== undefined; turn = schedule.take()) {
    const { id, node } = turn.unit
    schedule.ended(id, 'well')
    if (node.kind !== 'model' || node.materialization !== 'ephemeral') results.push(compiledResult(id))
  }
  return results
}

/** That a node was compiled. */
export function compiledResult(uniqueId: string): NodeResult {
  return { ...untouchedResult(uniqueId), status: 'success' }
}
