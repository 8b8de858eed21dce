import type { Location } from '../errors/location.ts'

/** Keys and indices from the top of a manifest, as it was written. */
export type ManifestPath = readonly (string | number)[]

/** Where the mappings of a resolved manifest stand in its file. */
export class Origins {
  readonly #locate: (path: ManifestPath) => Location
  readonly #paths = new WeakMap<object, ManifestPath>()

  /** @param locate the place of a path in the file */
  constructor(locate: (path: ManifestPath) => Location) {
    this.#locate = locate
  }

  note(mapping: object, path: ManifestPath): void {
    this.#paths.set(mapping, path)
  }

  /** Has a copy come from where its original does. */
  inherit(copy: object, original: object): void {
    const path = this.#paths.get(original)
    if (path !== undefined) this.#paths.set(copy, path)
  }

  locate(path: ManifestPath): Location {
    return this.#locate(path)
  }

  /** Where a mapping was written; the top of the file when it was made later. */
  of(mapping: object): Location {
    return this.#locate(this.#paths.get(mapping) ?? [])
  }
}
