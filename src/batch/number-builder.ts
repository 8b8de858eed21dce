import type { FixedColumn } from './batch.ts'
import type { Field } from './logical-type.ts'
import { ValidityBuilder } from './validity-builder.ts'

const ARRAYS = {
  boolean: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
  date: Int32Array,
} as const

type NumberArray = InstanceType<(typeof ARRAYS)[keyof typeof ARRAYS]>

/** Builds a column whose values are JavaScript numbers: up to 32 bits wide, floats, dates and booleans (0 and 1). */
export class NumberBuilder {
  readonly field: Field
  length = 0
  readonly #validity = new ValidityBuilder()
  #values: NumberArray

  constructor(field: Field, capacity: number) {
    this.field = field
    this.#values = new ARRAYS[field.type.kind as keyof typeof ARRAYS](capacity)
  }

  /** The caller sees to it that the value fits the type. */
  appendNumber(value: number): void {
    if (this.length === this.#values.length) this.#values = grown(this.#values)
    this.#values[this.length++] = value
  }

  appendNull(): void {
    this.#validity.markNull(this.length)
    this.appendNumber(0)
  }

  finish(): FixedColumn {
    const { name, type } = this.field
    const values = this.#values.subarray(0, this.length)
    return Object.freeze({
      storage: 'fixed',
      name,
      type,
      validity: this.#validity.finish(this.length),
      values,
    })
  }
}

function grown<T extends NumberArray>(values: T): T {
  const larger = new (values.constructor as new (length: number) => T)(Math.max(16, values.length * 2))
  larger.set(values)
  return larger
}
