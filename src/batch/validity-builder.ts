import type { Validity } from './batch.ts'

/** Remembers which rows are null. Rows that are not cost nothing: bits are set until cleared. */
export class ValidityBuilder {
  #bits: Uint8Array | null = null

  markNull(row: number): void {
    const index = row >> 3
    if (this.#bits === null || index >= this.#bits.length) this.#bits = grown(this.#bits, index + 1)
    this.#bits[index]! &= ~(1 << (row & 7))
  }

  finish(rows: number): Validity {
    if (this.#bits === null) return null
    const bytes = Math.ceil(rows / 8)
    return this.#bits.length < bytes ? grown(this.#bits, bytes).slice(0, bytes) : this.#bits.slice(0, bytes)
  }
}

function grown(bits: Uint8Array | null, bytes: number): Uint8Array {
  const larger = new Uint8Array(Math.max(bytes, (bits?.length ?? 128) * 2)).fill(0xff)
  if (bits) larger.set(bits)
  return larger
}
