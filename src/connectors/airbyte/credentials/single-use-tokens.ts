import { isJsonObject, type Json, member } from '../../../api-manifest/json.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { CredentialStore } from './credential-store.ts'
import type { TokenSeal } from './token-seal.ts'

/** An access token, until when it holds (milliseconds since 1970), and the token that the next one is got by. */
export interface TokenPair {
  readonly access: string
  readonly expires: number
  readonly refresh: string
}

/**
 * Tokens of which each refresh token is good for one use. The next one is kept before the access token that came with it is used:
 * all streams of a connection share them, and a later run goes on with what the last one left.
 */
export class SingleUseTokens {
  readonly #store: CredentialStore
  readonly #seal: TokenSeal
  #pair: TokenPair
  #kept: string | undefined
  #turn: Promise<void> = Promise.resolve()

  /** @param given as the config has them: the first ones of all */
  constructor(store: CredentialStore, seal: TokenSeal, given: TokenPair) {
    this.#store = store
    this.#seal = seal
    this.#pair = given
  }

  /**
   * An access token that holds, got by `refresh` where none does. One asks at a time.
   * @param refused an access token that the server does not take any more, whatever its age
   */
  async access(refresh: (token: string) => Promise<TokenPair>, refused?: string): Promise<string> {
    const before = this.#turn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#turn = promise
    await before
    try {
      await this.#recall()
      if (!this.#holds(refused)) await this.#keep(await refresh(this.#pair.refresh))
      return this.#pair.access
    } finally {
      resolve()
    }
  }

  #holds(refused: string | undefined): boolean {
    const { access, expires } = this.#pair
    return access !== '' && access !== refused && Date.now() < expires
  }

  /** Another process may have been first. */
  async #recall(): Promise<void> {
    const sealed = await this.#store.credential(this.#seal.name)
    if (sealed === undefined || sealed === this.#kept) return
    const pair = pairOf(this.#seal.open(sealed))
    if (pair === undefined) return
    this.#pair = pair
    this.#kept = sealed
  }

  async #keep(pair: TokenPair): Promise<void> {
    const sealed = this.#seal.seal(JSON.stringify(pair))
    await this.#store.keepCredential(this.#seal.name, sealed)
    this.#pair = pair
    this.#kept = sealed
  }
}

function pairOf(text: string | undefined): TokenPair | undefined {
  const value: Json = text === undefined ? null : parseJson(text)
  if (!isJsonObject(value)) return undefined
  const [access, refresh, expires] = ['access', 'refresh', 'expires'].map((name) => member(value, name))
  if (typeof access !== 'string' || typeof refresh !== 'string') return undefined
  return { access, refresh, expires: Number(expires) }
}
