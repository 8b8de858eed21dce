import type { FixedColumn } from './batch.ts'
import type { Field } from './logical-type.ts'
import { ValidityBuilder } from './validity-builder.ts'

/** Builds a column of 64-bit values, whole or as two 32-bit words (which spares a bigint per value). */
export class WordBuilder {
  readonly field: Field
  length = 0
  readonly #validity = new ValidityBuilder()
  #values: BigInt64Array
  /** The same memory; Node runs on little-endian machines only, so the low word comes first. */
  #words: Int32Array

  constructor(field: Field, capacity: number) {
    this.field = field
    this.#values = new BigInt64Array(capacity)
    this.#words = new Int32Array(this.#values.buffer)
  }

  /** The caller sees to it that the value fits the type; those of uint64 beyond 2^63 are kept as they wrap. */
  appendBigInt(value: bigint): void {
    if (this.length === this.#values.length) this.#grow()
    this.#values[this.length++] = value
  }

  appendWords(high: number, low: number): void {
    if (this.length === this.#values.length) this.#grow()
    const at = this.length++ << 1
    this.#words[at] = low
    this.#words[at + 1] = high
  }

  appendNull(): void {
    this.#validity.markNull(this.length)
    this.appendWords(0, 0)
  }

  finish(): FixedColumn {
    const { name, type } = this.field
    const values =
      type.kind === 'uint64'
        ? new BigUint64Array(this.#values.buffer, 0, this.length)
        : this.#values.subarray(0, this.length)
    return Object.freeze({
      storage: 'fixed',
      name,
      type,
      validity: this.#validity.finish(this.length),
      values,
    })
  }

  #grow(): void {
    const larger = new BigInt64Array(Math.max(16, this.#values.length * 2))
    larger.set(this.#values)
    this.#values = larger
    this.#words = new Int32Array(larger.buffer)
  }
}
