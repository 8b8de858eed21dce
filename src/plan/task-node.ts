import type { ModelNode, Node, PipelineNode } from '../graph/node.ts'

/** A node that is built by doing something. Sources are filled by others; ephemeral models live in what reads them. */
export type TaskNode = PipelineNode | ModelNode

export function isTaskNode(node: Node): node is TaskNode {
  return node.kind === 'pipeline' || (node.kind === 'model' && node.materialization !== 'ephemeral')
}
