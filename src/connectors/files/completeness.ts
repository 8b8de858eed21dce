import { basename, dirname, join } from 'node:path'
import { type Listed, readDeliveryNote } from './delivery-note.ts'
import type { SkipReason } from './skipped-file.ts'
import type { FileStorage } from './storage/file-storage.ts'

/** When a file counts as delivered whole. */
export interface CompletenessRules {
  /** A file that must be there: beside each file under its name and this ending where it begins with a dot, else in its folder. */
  readonly marker?: string | undefined
  /** How long nothing may have written to a file, in milliseconds. */
  readonly stableMs?: number | undefined
  /** The name of a list of delivered files in the folder of each. */
  readonly manifest?: string | undefined
}

/** Judges whether files are complete. One is made for each look at a source: what it read of lists it keeps. */
export class Completeness {
  readonly #storage: FileStorage
  readonly #rules: CompletenessRules
  readonly #now: () => number
  readonly #lists = new Map<string, Promise<ReadonlyMap<string, Listed> | undefined>>()

  constructor(storage: FileStorage, rules: CompletenessRules, now: () => number = Date.now) {
    this.#storage = storage
    this.#rules = rules
    this.#now = now
  }

  /** Whether a file is a marker or a list of files, and no data. */
  isNote(file: string): boolean {
    const { marker, manifest } = this.#rules
    const name = basename(file)
    return (
      name === manifest ||
      (marker !== undefined && (marker.startsWith('.') ? name.endsWith(marker) : name === marker))
    )
  }

  /** Why a file is not to be read yet, as far as it can be seen from outside. */
  async lacks(file: string): Promise<SkipReason | undefined> {
    const { marker, stableMs, manifest } = this.#rules
    if (marker !== undefined && (await this.#storage.look(markerOf(file, marker))) === undefined)
      return 'its marker is not there yet'
    const facts = await this.#storage.look(file)
    if (facts === undefined) return 'still being written'
    const { mtimeMs, size } = facts
    if (stableMs !== undefined && this.#now() - mtimeMs < stableMs) return 'written to a moment ago'
    if (manifest === undefined) return undefined
    const listed = (await this.#list(join(dirname(file), manifest)))?.get(basename(file))
    if (listed === undefined) return 'not in its manifest yet'
    return listed.bytes !== undefined && listed.bytes !== size ? 'not what its manifest says' : undefined
  }

  /** Whether what was found in a file is what its list says. */
  async agrees(file: string, found: { readonly records: number; readonly hash: string }): Promise<boolean> {
    const { manifest } = this.#rules
    if (manifest === undefined) return true
    const listed = (await this.#list(join(dirname(file), manifest)))?.get(basename(file))
    if (listed === undefined) return false
    return (
      (listed.records === undefined || listed.records === found.records) &&
      (listed.sha256 === undefined || listed.sha256 === found.hash)
    )
  }

  #list(path: string): Promise<ReadonlyMap<string, Listed> | undefined> {
    const known = this.#lists.get(path)
    if (known !== undefined) return known
    const read = this.#storage
      .text(path)
      .then((text) => (text === undefined ? undefined : readDeliveryNote(text, path)))
    this.#lists.set(path, read)
    return read
  }
}

function markerOf(file: string, marker: string): string {
  return marker.startsWith('.') ? `${file}${marker}` : join(dirname(file), marker)
}
