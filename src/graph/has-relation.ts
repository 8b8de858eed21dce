import type { ModelNode, Node, SeedNode, SnapshotNode, SourceNode } from './node.ts'

/** Nodes that are a table or view of the warehouse, once they are built or filled. */
export type RelationNode = SourceNode | SeedNode | ModelNode | SnapshotNode

/** Ephemeral models live in what reads them, and have none. */
export function hasRelation(node: Node | undefined): node is RelationNode {
  switch (node?.kind) {
    case 'source':
    case 'seed':
    case 'snapshot':
      return true
    case 'model':
      return node.materialization !== 'ephemeral'
    default:
      return false
  }
}
