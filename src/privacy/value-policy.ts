import type { PersonalColumn } from '../project/personal-data.ts'
import type { KeyRing } from './key-ring.ts'
import { KeyedHash } from './keyed-hash.ts'
import { maskValue } from './mask-value.ts'
import type { TokenVault } from './token-vault.ts'

/** What puts another text in the place of a personal value. */
export interface ValuePolicy {
  /** To be called with all values before they are given to `apply`. */
  prepare?(values: Iterable<Uint8Array>): Promise<void>
  /** @param value text as UTF-8 */
  apply(value: Uint8Array): string
  /** The same, where all that is put in place is of one length: without an object for each value. */
  readonly fixed?: {
    readonly bytes: number
    /** Of the bytes of `source` from `start` to `end`: a view of them for each value would cost as much as their hash. */
    write(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void
  }
}

const decoder = new TextDecoder()

/** The policy of a column whose values are replaced: its hash, its token or its mask. Throws WW4601 without a key. */
export function valuePolicy(
  { kind, policy }: Pick<PersonalColumn, 'kind' | 'policy'>,
  keys: KeyRing,
  vault: TokenVault,
): ValuePolicy {
  if (policy === 'mask') return { apply: (value) => maskValue(decoder.decode(value), kind) }
  if (policy === 'token') return vault.policy(keys)
  const { id, hash } = keys.first
  const head = new TextEncoder().encode(`${id}:`)
  return {
    apply: (value) => `${id}:${hash.hex(value)}`,
    fixed: {
      bytes: head.length + KeyedHash.DIGITS,
      write(source, start, end, target, at) {
        for (let index = 0; index < head.length; index++) target[at + index] = head[index]!
        hash.writeHex(source, start, end, target, at + head.length)
      },
    },
  }
}
