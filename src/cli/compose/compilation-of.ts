import type { Compilation, CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { Graph } from '../../graph/graph.ts'

/** The code of a compiled graph's nodes, for artifacts; without those that wait for the warehouse. */
export function compilationOf(graph: Graph): Compilation {
  const compiled = new Map<string, CompiledNode>()
  for (const node of graph.nodes.values()) {
    if ('compiledSql' in node && node.waitsFor === undefined) {
      compiled.set(node.uniqueId, { code: node.compiledSql, extraCtes: [] })
    }
  }
  return compiled
}
