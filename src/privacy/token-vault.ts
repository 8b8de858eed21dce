import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { KeyRing, RingKey } from './key-ring.ts'
import type { ValuePolicy } from './value-policy.ts'

/** A token and the value it stands for, as they are kept. */
export interface KeptToken {
  readonly token: string
  /** The keyed hash of the value, by which the token of a value is found again: `<key>:<hex>`. */
  readonly lookup: string
  /** The value, encrypted: nonce, tag and text, as base64. */
  readonly sealed: string
}

/** Where tokens are kept; what it keeps tells nothing without the keys. */
export interface TokenStore {
  /** The tokens of those lookups that have one. */
  tokensOf(lookups: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Keeps tokens of new values; of a lookup that has a token by now, the first stays. Kept when it returns. */
  keepTokens(kept: readonly KeptToken[]): Promise<void>
  keptToken(token: string): Promise<KeptToken | undefined>
}

const NONCE = 12
const TAG = 16
const TOKEN = 16
const REMEMBERED = 1 << 18

/** Random tokens in the place of values: the same value has the same token, and only the vault leads back. */
export class TokenVault {
  readonly #store: () => Promise<TokenStore>
  readonly #known = new Map<string, string>()

  constructor(store: () => Promise<TokenStore>) {
    this.#store = store
  }

  policy(keys: KeyRing): ValuePolicy {
    const { first, all } = keys
    return {
      prepare: (values) => this.#prepare(values, first, all),
      apply: (value) => this.#known.get(lookupOf(first, value)) ?? unprepared(),
    }
  }

  /** The value that a token stands for. Throws WW4606 when it cannot be found. */
  async reveal(token: string, keys: KeyRing): Promise<string> {
    const kept = await (await this.#store()).keptToken(token)
    const key = kept === undefined ? undefined : keys.find(kept.lookup.slice(0, kept.lookup.indexOf(':')))
    if (kept === undefined || key === undefined) {
      const why = kept === undefined ? 'the vault has no such token' : 'its key is not in privacy.keys'
      throw new WaterworksError('WW4606', { message: why })
    }
    return open(kept, key)
  }

  async #prepare(values: Iterable<Uint8Array>, first: RingKey, all: readonly RingKey[]): Promise<void> {
    if (this.#known.size > REMEMBERED) this.#known.clear()
    const wanted = new Map<string, Uint8Array>()
    for (const value of values) {
      const lookup = lookupOf(first, value)
      if (!this.#known.has(lookup)) wanted.set(lookup, value)
    }
    if (wanted.size === 0) return
    const store = await this.#store()
    await this.#recall(store, new Map([...wanted.keys()].map((lookup) => [lookup, lookup])))
    // Values that have a token by an earlier key keep it.
    for (const earlier of all.slice(1)) {
      const open = [...wanted].filter(([lookup]) => !this.#known.has(lookup))
      await this.#recall(store, new Map(open.map(([lookup, value]) => [lookupOf(earlier, value), lookup])))
    }
    const fresh = [...wanted].filter(([lookup]) => !this.#known.has(lookup))
    if (fresh.length === 0) return
    await store.keepTokens(fresh.map(([lookup, value]) => seal(lookup, value, first)))
    // Another process may have been first.
    await this.#recall(store, new Map(fresh.map(([lookup]) => [lookup, lookup])))
  }

  /** @param lookups what is asked of the store, and what the answer is remembered under */
  async #recall(store: TokenStore, lookups: ReadonlyMap<string, string>): Promise<void> {
    if (lookups.size === 0) return
    for (const [lookup, token] of await store.tokensOf([...lookups.keys()])) {
      this.#known.set(lookups.get(lookup)!, token)
    }
  }
}

function lookupOf({ id, hash }: RingKey, value: Uint8Array): string {
  return `${id}:${hash.hex(value)}`
}

function vaultKey({ hash }: RingKey): Uint8Array {
  return hash.derive('waterworks token vault')
}

function seal(lookup: string, value: Uint8Array, key: RingKey): KeptToken {
  const token = `tok_${randomBytes(TOKEN).toString('base64url')}`
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', vaultKey(key), nonce)
  cipher.setAAD(Buffer.from(token))
  const text = Buffer.concat([cipher.update(value), cipher.final()])
  return { token, lookup, sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') }
}

function open({ token, sealed }: KeptToken, key: RingKey): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', vaultKey(key), bytes.subarray(0, NONCE))
  decipher.setAAD(Buffer.from(token))
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new WaterworksError('WW4606', {
      message: 'the key is not the one that the token was kept by',
      cause,
    })
  }
}

function unprepared(): never {
  throw new TypeError('a value was not prepared')
}
