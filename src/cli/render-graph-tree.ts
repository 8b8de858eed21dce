import type { Palette } from '../errors/palette.ts'
import type { Graph } from '../graph/graph.ts'
import type { Node } from '../graph/node.ts'

/**
 * What is made from what, from the nodes that read none of the others down. A node that several are above is drawn in
 * full under the last of them in the graph's order, and named with ↓ under the others. Checks are counted beside what
 * they look at, unless the nodes are checks only.
 */
export function renderGraphTree(graph: Graph, nodes: readonly Node[], paint: Palette): readonly string[] {
  const onlyChecks = nodes.every((node) => node.kind === 'check')
  const drawn = onlyChecks ? nodes : nodes.filter((node) => node.kind !== 'check')
  const shown = new Set(drawn.map((node) => node.uniqueId))
  const checksOf = (id: string) =>
    nodes.filter((node) => !onlyChecks && node.kind === 'check' && node.dependsOn.includes(id)).length
  const parentsOf = new Map(drawn.map((node) => [node.uniqueId, nearestAbove(graph, node, shown)]))
  const childrenOf = new Map<string, Node[]>()
  for (const node of drawn) {
    for (const parent of parentsOf.get(node.uniqueId)!) {
      const list = childrenOf.get(parent)
      if (list) list.push(node)
      else childrenOf.set(parent, [node])
    }
  }
  const lines: string[] = []
  const draw = (node: Node, parent: string | undefined, lead: string, branch: string, below: string) => {
    const inFull = parent === undefined || parentsOf.get(node.uniqueId)!.at(-1) === parent
    lines.push(`${lead}${branch}${label(node, checksOf(node.uniqueId), paint)}${inFull ? '' : ' ↓'}`)
    if (!inFull) return
    const children = childrenOf.get(node.uniqueId) ?? []
    for (const [index, child] of children.entries()) {
      const isLast = index === children.length - 1
      draw(child, node.uniqueId, lead + below, isLast ? '└─ ' : '├─ ', isLast ? '   ' : '│  ')
    }
  }
  for (const node of drawn) {
    if (parentsOf.get(node.uniqueId)!.length === 0) draw(node, undefined, '', '', '')
  }
  return lines
}

/** The nearest shown nodes above one, through those that are not shown, in the graph's order. */
function nearestAbove(graph: Graph, node: Node, shown: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (id: string) => {
    if (seen.has(id)) return
    seen.add(id)
    if (shown.has(id)) found.add(id)
    else for (const above of graph.nodes.get(id)?.dependsOn ?? []) visit(above)
  }
  for (const id of node.dependsOn) visit(id)
  return [...graph.nodes.keys()].filter((id) => found.has(id))
}

function label(node: Node, checks: number, paint: Palette): string {
  const kind = node.kind === 'model' ? node.materialization : node.kind
  const count = checks === 0 ? '' : `, ${checks} ${checks === 1 ? 'check' : 'checks'}`
  return `${node.name} ${paint.faint(`(${kind}${count})`)}`
}
