import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SelectionSpec } from './selection-spec.ts'
import { hasWildcard, wildcard } from './wildcard.ts'

/** A selection with a name, of selectors.yml. */
export interface Selector {
  readonly name: string
  readonly description: string
  /** Whether commands use it when nothing is said of what to select. At most one is. */
  readonly isDefault: boolean
  readonly definition: SelectionSpec
}

export type Selectors = readonly Selector[]

/** The selectors that a name or a pattern means, by name. Throws WW1308 when there is none. */
export function selectorsNamed(selectors: Selectors, name: string, text: string): Selectors {
  const matches = hasWildcard(name) ? wildcard(name) : (other: string) => other === name
  const found = selectors.filter((selector) => matches(selector.name))
  if (found.length > 0) return found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  throw noSuchSelector(
    selectors,
    name,
    `The selector "${text}" names "${name}", which is not in selectors.yml.`,
  )
}

/** The selector of a name. Throws WW1308 when there is none. */
export function selectorNamed(selectors: Selectors, name: string): Selector {
  const selector = selectors.find((each) => each.name === name)
  if (selector !== undefined) return selector
  throw noSuchSelector(selectors, name, `There is no selector "${name}" in selectors.yml.`)
}

function noSuchSelector(selectors: Selectors, name: string, message: string): WaterworksError {
  const names = selectors.map((selector) => selector.name)
  const near = suggest(name, names)
  return new WaterworksError('WW1308', {
    message,
    hint: near
      ? `Did you mean "${near}"?`
      : names.length > 0
        ? `There are ${names.join(', ')}.`
        : 'The project has no selectors.yml, or no selectors in it.',
  })
}
