import type { FunctionNode, ModelNode, Node, PipelineNode, SeedNode, SnapshotNode } from '../graph/node.ts'

/** A node that is built by doing something. Sources are filled by others; ephemeral models live in what reads them. */
export type TaskNode = PipelineNode | ModelNode | SeedNode | SnapshotNode | FunctionNode

export function isTaskNode(node: Node): node is TaskNode {
  switch (node.kind) {
    case 'pipeline':
    case 'seed':
    case 'snapshot':
    case 'function':
      return true
    case 'model':
      return node.materialization !== 'ephemeral'
    default:
      return false
  }
}
