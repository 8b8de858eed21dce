import type { FilterNode } from './call.ts'
import type { Expression, Statement } from './node.ts'

/** What may stand left of `=` or between `for` and `in`. */
export type Target =
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'namespace'; readonly at: number; readonly name: string; readonly attribute: string }
  | { readonly kind: 'tuple'; readonly at: number; readonly items: readonly Target[] }

/** `{% set target = value %}` */
export interface SetNode {
  readonly kind: 'set'
  readonly at: number
  readonly target: Target
  readonly value: Expression
}

/** `{% set target | filters %}…{% endset %}` */
export interface SetBlockNode {
  readonly kind: 'set-block'
  readonly at: number
  readonly target: Target
  readonly filter: FilterNode | undefined
  readonly body: readonly Statement[]
}
