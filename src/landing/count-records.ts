import type { LandedPart } from './landed-part.ts'

/** The records of landed parts together, as they were counted when each landed. */
export function countRecords(parts: readonly LandedPart[]): number {
  return parts.reduce((records, part) => records + part.records, 0)
}
