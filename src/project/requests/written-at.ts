import { isPrefix, type Path } from '../yaml/value-at.ts'

/** Where a part of a manifest that was made was written, from the short form's top. */
export interface WrittenAt {
  readonly part: Path
  readonly at: Path
}

/** Where a part of a manifest that was made of a short form was written: the nearest that is known; the top else. */
export function writtenAt(part: Path, places: readonly WrittenAt[]): Path {
  const around = places.filter((place) => isPrefix(place.part, part))
  return around.toSorted((a, b) => b.part.length - a.part.length)[0]?.at ?? []
}
