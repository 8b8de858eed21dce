import { WaterworksError } from '../errors/waterworks-error.ts'
import type { KeyRing, RingKey } from './key-ring.ts'

const KEYED = /^([a-z][a-z0-9_-]*):[0-9a-f]{64}$/

/**
 * What a file is known by whose content must not be guessed: a keyed hash of the hash of its content. One that is
 * keyed already, as an earlier run told it, stays as it is.
 */
export function keyedPiece(hash: string, { id, hash: keyed }: RingKey): string {
  return KEYED.test(hash) ? hash : `${id}:${keyed.hex(Buffer.from(hash))}`
}

/** Hashes of known files, in which a file is found by its content also where it is known by a keyed hash. */
export class KnownPieces extends Set<string> {
  readonly #keys: readonly RingKey[]

  /** Throws WW4602 when files are known by a key that is not there. */
  constructor(known: Iterable<string>, keys: KeyRing) {
    super(known)
    const ids = new Set([...this].flatMap((hash) => KEYED.exec(hash)?.[1] ?? []))
    this.#keys = keys.all.filter(({ id }) => ids.has(id))
    const [gone] = [...ids].filter((id) => keys.find(id) === undefined)
    if (gone === undefined) return
    throw new WaterworksError('WW4602', {
      message: `files are known by the key "${gone}", which is not there`,
    })
  }

  override has(hash: string): boolean {
    return super.has(hash) || this.#keys.some((key) => super.has(keyedPiece(hash, key)))
  }
}
