import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { sha256Block, sha256Start } from './sha256-block.ts'

const BLOCK = 64
const DIGEST = 32
/** What fits into one block with its end mark and its length. */
const SHORT = BLOCK - 9
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/**
 * HMAC-SHA-256 (RFC 2104) of many values under one key. The two blocks that hold the key are taken in once; a short
 * value, as personal ones are, costs two more, without a call or an object of its own.
 */
export class KeyedHash {
  /** Hexadecimal digits of a hash. */
  static readonly DIGITS = DIGEST * 2

  readonly #key: Uint8Array
  readonly #inner: Int32Array
  readonly #outer: Int32Array
  readonly #state = new Int32Array(8)
  readonly #words = new Int32Array(16)
  readonly #derived = new Map<string, Uint8Array>()

  /** @param key the bytes of the key; more than a block of them are hashed first, as the RFC says */
  constructor(key: Uint8Array) {
    this.#key = key
    const short = key.length > BLOCK ? createHash('sha256').update(key).digest() : key
    this.#inner = stateAfter(short, 0x36)
    this.#outer = stateAfter(short, 0x5c)
  }

  /** In lower-case hexadecimal digits. */
  hex(value: Uint8Array): string {
    const digits = new Uint8Array(KeyedHash.DIGITS)
    this.writeHex(value, 0, value.length, digits, 0)
    return Buffer.from(digits.buffer).toString('latin1')
  }

  /** Writes the hexadecimal digits of the hash of `source` from `start` to `end` to `target` from `at`. */
  writeHex(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
    const length = end - start
    if (length > SHORT) {
      const long = createHmac('sha256', this.#key).update(source.subarray(start, end))
      target.set(Buffer.from(long.digest('hex'), 'latin1'), at)
      return
    }
    const state = this.#state
    const words = this.#words
    state.set(this.#inner)
    words.fill(0)
    for (let index = 0; index < length; index++) {
      words[index >> 2]! |= source[start + index]! << (24 - ((index & 3) << 3))
    }
    words[length >> 2]! |= 0x80 << (24 - ((length & 3) << 3))
    words[15] = (BLOCK + length) * 8
    sha256Block(state, words)
    words.fill(0)
    words.set(state)
    words[8] = 0x80 << 24
    words[15] = (BLOCK + DIGEST) * 8
    state.set(this.#outer)
    sha256Block(state, words)
    for (let word = 0, place = at; word < 8; word++) {
      const bits = state[word]!
      for (let shift = 28; shift >= 0; shift -= 4) target[place++] = HEX[(bits >>> shift) & 15]!
    }
  }

  /** A key of 32 bytes for another purpose, from which this one cannot be found (HKDF, RFC 5869). */
  derive(purpose: string): Uint8Array {
    const known = this.#derived.get(purpose)
    if (known !== undefined) return known
    const derived = new Uint8Array(hkdfSync('sha256', this.#key, new Uint8Array(0), purpose, DIGEST))
    this.#derived.set(purpose, derived)
    return derived
  }
}

/** The state of SHA-256 after the padded key. */
function stateAfter(key: Uint8Array, pad: number): Int32Array {
  const words = new Int32Array(16)
  for (let at = 0; at < BLOCK; at++) words[at >> 2]! |= ((key[at] ?? 0) ^ pad) << (24 - ((at & 3) << 3))
  const state = sha256Start()
  sha256Block(state, words)
  return state
}
