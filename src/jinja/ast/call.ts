import type { Expression } from './node.ts'

/** What stands between the parentheses of a call, a filter or a test. */
export interface ArgumentsNode {
  readonly positional: readonly Expression[]
  readonly keywords: readonly { readonly name: string; readonly value: Expression }[]
  /** `*expression` */
  readonly spread: Expression | undefined
  /** `**expression` */
  readonly keywordSpread: Expression | undefined
}

export interface CallNode {
  readonly kind: 'call'
  readonly at: number
  readonly callee: Expression
  readonly arguments: ArgumentsNode
}

/** `value|name(…)`; the value is absent at the head of a filter block's chain. */
export interface FilterNode {
  readonly kind: 'filter'
  readonly at: number
  readonly value: Expression | undefined
  readonly name: string
  readonly arguments: ArgumentsNode
}

/** `value is name …` */
export interface TestNode {
  readonly kind: 'test'
  readonly at: number
  readonly value: Expression
  readonly name: string
  readonly arguments: ArgumentsNode
}

export const noArguments: ArgumentsNode = Object.freeze({
  positional: Object.freeze([]),
  keywords: Object.freeze([]),
  spread: undefined,
  keywordSpread: undefined,
})
