import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** WW1013: a target that a project does not have, with those it does. */
export function unknownTarget(name: string, known: readonly string[]): WaterworksError {
  const near = suggest(name, known)
  return new WaterworksError('WW1013', {
    message: `there is no target "${name}"`,
    hint: near ? `Did you mean "${near}"?` : `The project has ${known.toSorted().join(', ')}.`,
  })
}
