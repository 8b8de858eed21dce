import type { CallNode, FilterNode } from './call.ts'
import type { Expression, Statement } from './node.ts'

export interface Parameter {
  readonly name: string
  readonly default: Expression | undefined
  readonly at: number
}

/** The signature and body shared by macros and call blocks. */
export interface MacroShape {
  readonly name: string
  readonly at: number
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
  /** Which of the implicit names the body reads: a macro takes surplus arguments only when it does. */
  readonly usesVarargs: boolean
  readonly usesKwargs: boolean
  readonly usesCaller: boolean
  /** Offsets of the whole block, tags included. */
  readonly start: number
  readonly end: number
  /** Offsets of the body alone. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

export interface MacroNode {
  readonly kind: 'macro'
  readonly at: number
  readonly macro: MacroShape
}

/** `{% call(parameters) callee(…) %}body{% endcall %}` */
export interface CallBlockNode {
  readonly kind: 'call-block'
  readonly at: number
  readonly call: CallNode
  readonly caller: MacroShape
}

/** `{% filter name|name %}body{% endfilter %}` */
export interface FilterBlockNode {
  readonly kind: 'filter-block'
  readonly at: number
  readonly filter: FilterNode
  readonly body: readonly Statement[]
}
