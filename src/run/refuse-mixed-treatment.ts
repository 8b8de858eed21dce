import { WaterworksError } from '../errors/waterworks-error.ts'
import type { LandedPart } from '../landing/landed-part.ts'
import { type Pipeline, personalOf } from '../project/pipeline.ts'
import { treatmentChanges, treatmentOf } from '../project/treatment.ts'
import type { KnownStream } from './load/known-loads.ts'

/** What is to be done to the personal columns of a stream now. */
export function treatmentNow({ extract }: Pipeline, stream: string): string {
  return treatmentOf(personalOf(extract, stream))
}

/**
 * Refuses to load rows whose personal data is treated in one way into a table whose rows were treated in another. Throws WW4608.
 * A table that is loaded whole is loaded again instead.
 */
export function refuseMixedTable(pipeline: Pipeline, stream: string, known: KnownStream): void {
  const changes = treatedOtherwise(pipeline, stream, known)
  if (changes === '' || isReplaced(pipeline)) return
  throw new WaterworksError('WW4608', {
    message: `${pipeline.name}.${stream} has rows treated otherwise (${changes})`,
  })
}

/** Whether each load takes the place of all rows: where others stay, they would be as they were treated. */
export function isReplaced({ load }: Pipeline): boolean {
  return load.strategy === 'truncate-reload'
}

/** How the rows of a stream's table were treated otherwise than new ones would be; empty where they were not. */
export function treatedOtherwise(
  pipeline: Pipeline,
  stream: string,
  { treatment }: Pick<KnownStream, 'treatment'>,
): string {
  return treatment === null ? '' : treatmentChanges(treatment, treatmentNow(pipeline, stream))
}

/** Refuses to load what landed when personal data was treated in another way. Throws WW4609. */
export function refuseMixedParts(pipeline: Pipeline, stream: string, parts: readonly LandedPart[]): void {
  const now = treatmentNow(pipeline, stream)
  const other = parts.find(({ treatment = now }) => treatment !== now)
  if (other === undefined) return
  throw new WaterworksError('WW4609', {
    message: `${other.origin} landed for ${pipeline.name}.${stream} when its personal data was treated otherwise (${treatmentChanges(other.treatment ?? now, now)})`,
  })
}
