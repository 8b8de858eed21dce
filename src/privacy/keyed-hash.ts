import { createHash, hash, hkdfSync } from 'node:crypto'

const BLOCK = 64
const DIGEST = 32
const LARGEST = 4096

/**
 * HMAC-SHA-256 (RFC 2104) of many short values under one key. A digest in one call, over a buffer that begins with the
 * padded key, is several times as fast as a stateful HMAC for each value.
 */
export class KeyedHash {
  readonly #key: Uint8Array
  readonly #inner = new Uint8Array(BLOCK + LARGEST)
  readonly #outer = new Uint8Array(BLOCK + DIGEST)
  readonly #derived = new Map<string, Uint8Array>()

  /** @param key the bytes of the key; those beyond a block are hashed first, as the RFC says */
  constructor(key: Uint8Array) {
    this.#key = key
    const short = key.length > BLOCK ? createHash('sha256').update(key).digest() : key
    for (let at = 0; at < BLOCK; at++) {
      const byte = short[at] ?? 0
      this.#inner[at] = byte ^ 0x36
      this.#outer[at] = byte ^ 0x5c
    }
  }

  /** In lower-case hexadecimal digits. */
  hex(value: Uint8Array): string {
    return hash('sha256', this.#outerOf(value), 'hex')
  }

  /** A key of 32 bytes for another purpose, from which this one cannot be found (HKDF, RFC 5869). */
  derive(purpose: string): Uint8Array {
    const known = this.#derived.get(purpose)
    if (known !== undefined) return known
    const derived = new Uint8Array(hkdfSync('sha256', this.#key, new Uint8Array(0), purpose, DIGEST))
    this.#derived.set(purpose, derived)
    return derived
  }

  #outerOf(value: Uint8Array): Uint8Array {
    if (value.length > LARGEST) {
      const sha256 = createHash('sha256').update(this.#inner.subarray(0, BLOCK)).update(value)
      this.#outer.set(sha256.digest(), BLOCK)
    } else {
      this.#inner.set(value, BLOCK)
      const inner = hash('sha256', this.#inner.subarray(0, BLOCK + value.length), 'buffer')
      this.#outer.set(inner, BLOCK)
    }
    return this.#outer
  }
}
