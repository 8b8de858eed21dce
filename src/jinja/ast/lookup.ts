import type { Expression } from './node.ts'

export interface NameNode {
  readonly kind: 'name'
  readonly at: number
  readonly name: string
}

/** `object.name`: an attribute first, then an item. */
export interface AttributeNode {
  readonly kind: 'attribute'
  readonly at: number
  readonly object: Expression
  readonly name: string
}

/** `object[key]`: an item first, then an attribute. */
export interface ItemNode {
  readonly kind: 'item'
  readonly at: number
  readonly object: Expression
  readonly key: Expression
}

/** The `a:b:c` of `object[a:b:c]`. */
export interface SliceNode {
  readonly kind: 'slice'
  readonly at: number
  readonly start: Expression | undefined
  readonly stop: Expression | undefined
  readonly step: Expression | undefined
}

export type LookupNode = NameNode | AttributeNode | ItemNode | SliceNode
