import { WaterworksError } from '../../errors/waterworks-error.ts'
import { knownMethod } from './methods/method-table.ts'
import type { Criterion, IndirectSelection } from './selection-spec.ts'

// dbt's own grammar of one term (graph/selector_spec.py): operators, then a method made of words and dots, then the value.
const term = /^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/s

/** Reads one term of a selection. Throws WW1301 for a method there is not, WW1302 for a term that says nothing or contradicts itself. */
export function parseCriterion(text: string, indirectSelection: IndirectSelection): Criterion {
  const match = term.exec(text)
  const [, at, parentDepth, plusBefore, method, value, plusAfter, childDepth] = match ?? []
  if (!value) {
    throw new WaterworksError('WW1302', { message: `The selector "${text}" names nothing.` })
  }
  return criterionOf({
    text,
    method: method ?? defaultMethod(value),
    value,
    childrensParents: Boolean(at),
    parents: plusBefore ? { depth: depthOf(parentDepth) } : undefined,
    children: plusAfter ? { depth: depthOf(childDepth) } : undefined,
    indirectSelection,
  })
}

/** A criterion from its parts, the method still with its arguments. Throws as parseCriterion does. */
export function criterionOf(
  parts: Omit<Criterion, 'kind' | 'methodArguments'> & { readonly method: string },
): Criterion {
  const [method = '', ...methodArguments] = parts.method.split('.')
  if (parts.childrensParents && parts.children) {
    throw new WaterworksError('WW1302', {
      message: `The selector "${parts.text}" has both @ and +: @ already takes the children and all of their parents.`,
      hint: 'Use one of the two operators.',
    })
  }
  return { kind: 'criterion', ...parts, method: knownMethod(method, parts.text), methodArguments }
}

/** What a term without a method means. */
function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path'
  return /\.(sql|py|csv|yml|yaml)$/i.test(value) ? 'file' : 'fqn'
}

function depthOf(digits: string | undefined): number | undefined {
  return digits ? Number(digits) : undefined
}
