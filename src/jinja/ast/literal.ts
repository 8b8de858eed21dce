import type { Expression } from './node.ts'

/** A value written out: a string, number, boolean or None. Floats are boxed (see values/float.ts). */
export interface ConstantNode {
  readonly kind: 'constant'
  readonly at: number
  readonly value: unknown
}

export interface ListNode {
  readonly kind: 'list'
  readonly at: number
  readonly items: readonly Expression[]
}

export interface TupleNode {
  readonly kind: 'tuple'
  readonly at: number
  readonly items: readonly Expression[]
}

export interface DictNode {
  readonly kind: 'dict'
  readonly at: number
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[]
}

export type LiteralNode = ConstantNode | ListNode | TupleNode | DictNode
