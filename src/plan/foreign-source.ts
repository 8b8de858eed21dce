import type { Graph } from '../graph/graph.ts'
import type { Node, SourceNode } from '../graph/node.ts'
import { isTaskNode } from './task-node.ts'

/** A table that somebody else fills and that a node reads, itself or through ephemeral models: it may hold anything by now. */
export function foreignSource(node: Node, graph: Graph): SourceNode | undefined {
  const seen = new Set<string>()
  const waiting = [...node.dependsOn]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const parent = graph.nodes.get(id)
    if (parent === undefined || seen.has(id) || isTaskNode(parent)) continue
    seen.add(id)
    if (parent.kind === 'source' && parent.dependsOn.length === 0) return parent
    waiting.push(...parent.dependsOn)
  }
  return undefined
}
