import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import type { Node } from '../../graph/node.ts'
import { relationName } from '../../graph/relation-name.ts'

/** The node of that name: by name, by source (`system.table`), by unique id, or the one table of a pipeline. Throws WW7005 for several. */
export function findNode(graph: Graph, name: string): Node | undefined {
  const nodes = [...graph.nodes.values()]
  const found =
    nodes.find((node) => node.kind === 'model' && node.name === name) ??
    nodes.find((node) => (node.kind === 'seed' || node.kind === 'snapshot') && node.name === name) ??
    nodes.find((node) => node.kind === 'source' && `${node.source}.${node.table}` === name) ??
    graph.nodes.get(name) ??
    nodes.find((node) => hasRelation(node) && relationName(node.relation) === name) ??
    only(nodes.filter((node) => node.kind === 'source' && node.table === name)) ??
    nodes.find((node) => node.kind === 'pipeline' && node.name === name)
  if (found?.kind !== 'pipeline') return found
  const tables = (graph.children.get(found.uniqueId) ?? []).map((id) => graph.nodes.get(id)!)
  const filled = tables.filter((node) => node.kind === 'source')
  if (filled.length === 1) return filled[0]
  throw new WaterworksError('WW7005', {
    message: `pipeline ${name} fills several tables`,
    hint: `Name one: ${filled.map((node) => `${node.source}.${node.table}`).join(', ')}.`,
  })
}

function only(nodes: readonly Node[]): Node | undefined {
  return nodes.length === 1 ? nodes[0] : undefined
}
