import { suggest } from '../../../errors/suggest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'

/** The WW1301 of a word that a term may not use, with the one that may have been meant. */
export function unknownWord(
  what: string,
  name: string,
  text: string,
  known: readonly string[],
): WaterworksError {
  const near = suggest(name, known)
  return new WaterworksError('WW1301', {
    message: `The selector "${text}" uses the ${what} "${name}", which does not exist.`,
    hint: near ? `Did you mean "${near}"?` : `There are ${known.join(', ')}.`,
  })
}
