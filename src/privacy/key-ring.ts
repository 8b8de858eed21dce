import { WaterworksError } from '../errors/waterworks-error.ts'
import type { PrivacyKey } from '../project/personal-data.ts'
import { KeyedHash } from './keyed-hash.ts'

/** A key of the project, ready for use. */
export interface RingKey {
  readonly id: string
  readonly hash: KeyedHash
}

/**
 * The keys of a project: the first makes new values, the others are known still. What is made by a key begins with its
 * name and a colon, so that a later key can tell.
 */
export class KeyRing {
  readonly #keys: readonly RingKey[]

  /** Keys that the environment lacks are left out. */
  constructor(keys: readonly PrivacyKey[]) {
    this.#keys = keys.flatMap(({ id, secret }) =>
      secret === undefined ? [] : [{ id, hash: new KeyedHash(Buffer.from(secret, 'hex')) }],
    )
    // A first key that is not there must not make the second one the first.
    if (keys[0] !== undefined && keys[0].secret === undefined) this.#keys = []
  }

  /** The key of new values. Throws WW4601 when there is none. */
  get first(): RingKey {
    const [first] = this.#keys
    if (first !== undefined) return first
    throw new WaterworksError('WW4601', { message: 'there is no key for personal data' })
  }

  get all(): readonly RingKey[] {
    return this.#keys
  }

  find(id: string): RingKey | undefined {
    return this.#keys.find((key) => key.id === id)
  }
}
