import type { Graph } from './graph.ts'
import { gray } from './gray.ts'
import type { Node, NodeKind } from './node.ts'
import { relationName } from './relation-name.ts'

export interface PrintOptions {
  readonly color: boolean
  /** Unique ids of the nodes to show; all when absent. */
  readonly selected?: ReadonlySet<string>
}

const kinds: readonly NodeKind[] = [
  ...(['pipeline', 'source', 'seed', 'function', 'model', 'snapshot'] as const),
  ...(['check', 'unit-test', 'analysis', 'exposure', 'operation', 'contract'] as const),
]

/** A graph as a list for people: one line per node by kind, in topological order, with where its result is. */
export function printGraph(graph: Graph, { color, selected }: PrintOptions): readonly string[] {
  const nodes = [...graph.nodes.values()].filter((node) => !selected || selected.has(node.uniqueId))
  const ordered = kinds.flatMap((kind) => nodes.filter((node) => node.kind === kind))
  const width = (of: (node: Node) => string) =>
    ordered.reduce((widest, node) => Math.max(widest, of(node).length), 0)
  const [kindWidth, nameWidth] = [width(kindWord), width((node) => node.name)]
  return ordered.map((node) => {
    const about = aboutNode(node)
    const line = `${kindWord(node).padEnd(kindWidth)}  ${node.name.padEnd(nameWidth)}  ${gray(about, color && about !== '')}`
    return line.trimEnd()
  })
}

/** What a node is, in one word: its kind, for a model its materialization. */
export function kindWord(node: Node): string {
  return node.kind === 'model' ? node.materialization : node.kind
}

function aboutNode(node: Node): string {
  switch (node.kind) {
    case 'pipeline':
      return node.path
    case 'source':
    case 'seed':
    case 'snapshot':
    case 'function':
      return relationName(node.relation)
    case 'model':
      return node.materialization === 'ephemeral' ? '' : relationName(node.relation)
    case 'check':
      return node.check.severity === 'warn' ? 'warns' : ''
    case 'unit-test':
      return node.manifest.model
    case 'exposure':
      return node.manifest.type
    case 'contract':
      return `version ${node.contract.version}`
    case 'analysis':
    case 'operation':
      return ''
  }
}
