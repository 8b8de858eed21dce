import type { WideColumn } from './batch.ts'
import type { Field } from './logical-type.ts'
import { ValidityBuilder } from './validity-builder.ts'

/** Builds a column of whole numbers wider than 64 bits. */
export class WideBuilder {
  readonly field: Field
  readonly #validity = new ValidityBuilder()
  readonly #values: bigint[] = []

  constructor(field: Field) {
    this.field = field
  }

  get length(): number {
    return this.#values.length
  }

  appendBigInt(value: bigint): void {
    this.#values.push(value)
  }

  appendNull(): void {
    this.#validity.markNull(this.#values.length)
    this.#values.push(0n)
  }

  finish(): WideColumn {
    const { name, type } = this.field
    const validity = this.#validity.finish(this.#values.length)
    return Object.freeze({ storage: 'wide', name, type, validity, values: this.#values })
  }
}
