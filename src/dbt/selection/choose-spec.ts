import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseArguments } from './parse-arguments.ts'
import type { IndirectSelection, SelectionSpec } from './selection-spec.ts'
import { type Selectors, selectorNamed } from './selectors.ts'

/** What a command was asked to select. */
export interface SelectionRequest {
  /** Each may hold several terms: spaces mean "or", commas mean "and". None: everything. */
  readonly select: readonly string[]
  readonly exclude: readonly string[]
  /** A name in selectors.yml. */
  readonly selector?: string | undefined
  readonly indirectSelection?: IndirectSelection | undefined
}

/**
 * What is to be selected: what the named selector says, or --select and --exclude, or the default selector, or everything. Throws
 * WW1301, WW1302 and WW1308, and WW7001 where a selector and --select or --exclude are both given.
 */
export function chooseSpec(request: SelectionRequest, selectors: Selectors): SelectionSpec {
  const { select, exclude, selector, indirectSelection = 'eager' } = request
  const given = [...select, ...exclude].some((text) => text.trim())
  if (selector !== undefined) {
    if (given) {
      throw new WaterworksError('WW7001', {
        message: '--selector says all of what is selected: it does not go with --select or --exclude.',
      })
    }
    return selectorNamed(selectors, selector).definition
  }
  const byDefault = given ? undefined : selectors.find(({ isDefault }) => isDefault)
  return byDefault?.definition ?? parseArguments(select, exclude, indirectSelection)
}
