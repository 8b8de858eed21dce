/** Whether tests come along with what they look at, when only a part of what they look at is selected. */
export const INDIRECT_SELECTIONS = ['eager', 'cautious', 'buildable', 'empty'] as const
export type IndirectSelection = (typeof INDIRECT_SELECTIONS)[number]

/** One term: `[@][n+][method[.argument]:]value[+n]`, or its form in selectors.yml. A depth of undefined means all the way. */
export interface Criterion {
  readonly kind: 'criterion'
  /** As it was written, for messages. */
  readonly text: string
  readonly method: string
  /** What follows the first dot of the method, as in `config.materialized:view`. */
  readonly methodArguments: readonly string[]
  readonly value: string | number | boolean
  readonly childrensParents: boolean
  readonly parents: { readonly depth: number | undefined } | undefined
  readonly children: { readonly depth: number | undefined } | undefined
  readonly indirectSelection: IndirectSelection
}

/** Sets combined: what is in any part, in every part, or in the first part and no other. */
export interface Combination {
  readonly kind: 'union' | 'intersection' | 'difference'
  readonly parts: readonly SelectionSpec[]
  readonly indirectSelection: IndirectSelection
  /** What the user wrote, when it is worth a warning that nothing matches it. */
  readonly expected?: string
}

/** All there is, whatever comes along. */
export interface Everything {
  readonly kind: 'everything'
}

/** What is to be selected, as a tree. */
export type SelectionSpec = Criterion | Combination | Everything
