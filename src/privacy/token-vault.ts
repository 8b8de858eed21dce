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
  /** Forgets a token and what it stands for; false when there is none. */
  eraseToken(token: string): Promise<boolean>
}

const NONCE = 12
const TAG = 16
const TOKEN = 16
const REMEMBERED = 1 << 18

/** Random tokens in the place of values: the same value has the same token, and only the vault leads back. */
export class TokenVault {
  readonly #store: () => Promise<TokenStore>
  /** Spares the store questions; what a batch needs is kept by the batch. */
  readonly #known = new Map<string, string>()
  readonly #remembered: number

  /** @param remembered how many tokens are remembered between batches */
  constructor(store: () => Promise<TokenStore>, remembered = REMEMBERED) {
    this.#store = store
    this.#remembered = remembered
  }

  policy(keys: KeyRing): ValuePolicy {
    const tokensOf = (values: Iterable<Uint8Array>) => this.#tokensOf(values, keys)
    let prepared: ReadonlyMap<string, string> = new Map()
    return {
      async prepare(values) {
        prepared = await tokensOf(values)
      },
      apply: (value) => prepared.get(lookupOf(keys.first, value)) ?? unprepared(),
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

  /** Forgets what a token stands for: it leads nowhere from then on, and the value gets another one when it comes again. Throws WW4606. */
  async erase(token: string): Promise<void> {
    if (await (await this.#store()).eraseToken(token)) return
    throw new WaterworksError('WW4606', { message: 'the vault has no such token' })
  }

  /** The tokens of values, by their lookups; values that have none get one. */
  async #tokensOf(
    values: Iterable<Uint8Array>,
    { first, all }: KeyRing,
  ): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>()
    const wanted = new Map<string, Uint8Array>()
    for (const value of values) {
      const lookup = lookupOf(first, value)
      const token = this.#known.get(lookup)
      if (token === undefined) wanted.set(lookup, value)
      else found.set(lookup, token)
    }
    if (wanted.size === 0) return found
    const store = await this.#store()
    /** @param lookups what is asked of the store, and what the answer is known by */
    const recall = async (lookups: ReadonlyMap<string, string>) => {
      if (lookups.size === 0) return
      for (const [lookup, token] of await store.tokensOf([...lookups.keys()])) {
        const known = lookups.get(lookup)!
        wanted.delete(known)
        found.set(known, token)
        this.#remember(known, token)
      }
    }
    await recall(new Map([...wanted.keys()].map((lookup) => [lookup, lookup])))
    // Values that have a token by an earlier key keep it.
    for (const earlier of all.slice(1)) {
      await recall(new Map([...wanted].map(([lookup, value]) => [lookupOf(earlier, value), lookup])))
    }
    if (wanted.size === 0) return found
    await store.keepTokens([...wanted].map(([lookup, value]) => seal(lookup, value, first)))
    // Another process may have been first.
    await recall(new Map([...wanted.keys()].map((lookup) => [lookup, lookup])))
    return found
  }

  #remember(lookup: string, token: string): void {
    if (this.#known.size >= this.#remembered) this.#known.clear()
    this.#known.set(lookup, token)
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
