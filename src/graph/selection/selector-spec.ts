import { WaterworksError } from '../../errors/waterworks-error.ts'

/** One term of a selection: `[@][n+][method:]value[+n]`. A depth of undefined means all the way. */
export interface SelectorSpec {
  readonly text: string
  readonly method: string | undefined
  /** What follows the first dot of the method, as in `config.materialized:view`. */
  readonly methodArguments: readonly string[]
  readonly value: string
  readonly childrensParents: boolean
  readonly parents: { readonly depth: number | undefined } | undefined
  readonly children: { readonly depth: number | undefined } | undefined
}

// dbt's own grammar of one term (graph/selector_spec.py): operators, then a method made of words and dots, then the value.
const term = /^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/s

/** Reads one term of a selection. Throws WW1302 for one that says nothing or contradicts itself. */
export function parseSelectorSpec(text: string): SelectorSpec {
  const match = term.exec(text)
  const [, at, parentDepth, plusBefore, method, value, plusAfter, childDepth] = match ?? []
  if (!value) {
    throw new WaterworksError('WW1302', { message: `The selector "${text}" names nothing.` })
  }
  if (at && (plusAfter || plusBefore)) {
    throw new WaterworksError('WW1302', {
      message: `The selector "${text}" has both @ and +: @ already takes the children and all of their parents.`,
      hint: 'Use one of the two operators.',
    })
  }
  const [name, ...methodArguments] = method?.split('.') ?? []
  return {
    text,
    method: name,
    methodArguments,
    value,
    childrensParents: Boolean(at),
    parents: plusBefore ? { depth: depthOf(parentDepth) } : undefined,
    children: plusAfter ? { depth: depthOf(childDepth) } : undefined,
  }
}

function depthOf(digits: string | undefined): number | undefined {
  return digits ? Number(digits) : undefined
}
