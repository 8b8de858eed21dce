import type { SetBlockNode, SetNode } from './assignment.ts'
import type { CallNode, FilterNode, TestNode } from './call.ts'
import type { ForNode, IfNode, JumpNode, WithNode } from './control.ts'
import type { ExtensionNode } from './extension.ts'
import type { LiteralNode } from './literal.ts'
import type { LookupNode } from './lookup.ts'
import type { CallBlockNode, FilterBlockNode, MacroNode } from './macro.ts'
import type { OperatorNode } from './operator.ts'
import type { DoNode, PrintNode, TextNode } from './output.ts'

/** Every node carries `at`, the offset in the source at which it starts (operators: where the operator stands). */
export type Expression = LiteralNode | OperatorNode | LookupNode | CallNode | FilterNode | TestNode

export type Statement =
  | TextNode
  | PrintNode
  | DoNode
  | IfNode
  | ForNode
  | JumpNode
  | WithNode
  | SetNode
  | SetBlockNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | ExtensionNode
