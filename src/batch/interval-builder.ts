import type { IntervalColumn } from './batch.ts'
import type { Field } from './logical-type.ts'
import { ValidityBuilder } from './validity-builder.ts'

/** Builds a column of intervals. */
export class IntervalBuilder {
  readonly field: Field
  readonly #validity = new ValidityBuilder()
  readonly #months: number[] = []
  readonly #days: number[] = []
  readonly #micros: bigint[] = []

  constructor(field: Field) {
    this.field = field
  }

  get length(): number {
    return this.#months.length
  }

  appendParts(months: number, days: number, micros: bigint): void {
    this.#months.push(months)
    this.#days.push(days)
    this.#micros.push(micros)
  }

  appendNull(): void {
    this.#validity.markNull(this.length)
    this.appendParts(0, 0, 0n)
  }

  finish(): IntervalColumn {
    const { name, type } = this.field
    return Object.freeze({
      storage: 'interval',
      name,
      type,
      validity: this.#validity.finish(this.length),
      months: Int32Array.from(this.#months),
      days: Int32Array.from(this.#days),
      micros: BigInt64Array.from(this.#micros),
    })
  }
}
