import type { BytesColumn } from './batch.ts'
import type { Field } from './logical-type.ts'
import { ValidityBuilder } from './validity-builder.ts'

/** Below this many bytes a loop is faster than a call that copies. */
const SHORT = 96

/** Builds a column of text, json, uuid or bytes, all values end to end in one array. */
export class BytesBuilder {
  readonly field: Field
  length = 0
  readonly #validity = new ValidityBuilder()
  #offsets: Int32Array
  #bytes: Uint8Array
  #used = 0

  constructor(field: Field, capacity: number) {
    this.field = field
    this.#offsets = new Int32Array(capacity + 1)
    this.#bytes = new Uint8Array(Math.max(64, capacity * 16))
  }

  /** Bytes in use. Columns hold less than 2 GiB, for offsets are 32 bits wide. */
  get size(): number {
    return this.#used
  }

  /** Copies `source` from `start` to `end`. */
  appendBytes(source: Uint8Array, start: number, end: number): void {
    const size = end - start
    if (this.#used + size > this.#bytes.length) this.#reserve(size)
    const bytes = this.#bytes
    let at = this.#used
    if (size < SHORT) for (let from = start; from < end; from++) bytes[at++] = source[from]!
    else bytes.set(source.subarray(start, end), at)
    this.#used += size
    this.#endValue()
  }

  appendNull(): void {
    this.#validity.markNull(this.length)
    this.#endValue()
  }

  finish(): BytesColumn {
    const { name, type } = this.field
    return Object.freeze({
      storage: 'bytes',
      name,
      type,
      validity: this.#validity.finish(this.length),
      offsets: this.#offsets.subarray(0, this.length + 1),
      bytes: this.#bytes.subarray(0, this.#used),
    })
  }

  #endValue(): void {
    const next = ++this.length
    if (next === this.#offsets.length) {
      const larger = new Int32Array(Math.max(16, next * 2))
      larger.set(this.#offsets)
      this.#offsets = larger
    }
    this.#offsets[next] = this.#used
  }

  #reserve(size: number): void {
    const needed = this.#used + size
    if (needed > 0x7fff_ffff) throw new RangeError(`column ${this.field.name}: more than 2 GiB in one batch`)
    const larger = new Uint8Array(Math.min(0x7fff_ffff, Math.max(needed, this.#bytes.length * 2)))
    larger.set(this.#bytes.subarray(0, this.#used))
    this.#bytes = larger
  }
}
