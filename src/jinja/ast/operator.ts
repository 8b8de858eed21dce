import type { Expression } from './node.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface BinaryNode {
  readonly kind: 'binary'
  readonly at: number
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

export interface UnaryNode {
  readonly kind: 'unary'
  readonly at: number
  readonly operator: '-' | '+' | 'not'
  readonly operand: Expression
}

/** `a and b`, `a or b`: gives one of its operands, as in Python. */
export interface LogicalNode {
  readonly kind: 'logical'
  readonly at: number
  readonly operator: 'and' | 'or'
  readonly left: Expression
  readonly right: Expression
}

/** `a < b <= c`: each operand evaluated once. */
export interface ComparisonNode {
  readonly kind: 'comparison'
  readonly at: number
  readonly first: Expression
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[]
}

/** `a ~ b ~ c`: the texts of all, joined. */
export interface ConcatNode {
  readonly kind: 'concat'
  readonly at: number
  readonly operands: readonly Expression[]
}

/** `yes if condition else no`; undefined without else. */
export interface ConditionalNode {
  readonly kind: 'conditional'
  readonly at: number
  readonly condition: Expression
  readonly yes: Expression
  readonly no: Expression | undefined
}

export type OperatorNode =
  | BinaryNode
  | UnaryNode
  | LogicalNode
  | ComparisonNode
  | ConcatNode
  | ConditionalNode
