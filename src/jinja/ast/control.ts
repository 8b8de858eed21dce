import type { Target } from './assignment.ts'
import type { Expression, Statement } from './node.ts'

/** `if`, its `elif`s in order, and the `else` body. */
export interface IfNode {
  readonly kind: 'if'
  readonly at: number
  readonly branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[]
  readonly otherwise: readonly Statement[]
}

export interface ForNode {
  readonly kind: 'for'
  readonly at: number
  readonly target: Target
  readonly iterable: Expression
  /** `for x in xs if condition` */
  readonly condition: Expression | undefined
  readonly recursive: boolean
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
  /** Whether the body names `loop`; when it does not, no loop object is made. */
  readonly usesLoop: boolean
}

export interface JumpNode {
  readonly kind: 'break' | 'continue'
  readonly at: number
}

/** `{% with a = 1 %}`: a scope of its own. */
export interface WithNode {
  readonly kind: 'with'
  readonly at: number
  readonly assignments: readonly { readonly target: Target; readonly value: Expression }[]
  readonly body: readonly Statement[]
}
