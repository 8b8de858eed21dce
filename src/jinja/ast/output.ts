import type { Expression } from './node.ts'

/** Text printed as it stands. */
export interface TextNode {
  readonly kind: 'text'
  readonly at: number
  readonly text: string
}

/** `{{ expression }}` */
export interface PrintNode {
  readonly kind: 'print'
  readonly at: number
  readonly expression: Expression
}

/** `{% do expression %}` */
export interface DoNode {
  readonly kind: 'do'
  readonly at: number
  readonly expression: Expression
}
