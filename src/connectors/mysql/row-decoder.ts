import type { Batch } from '../../batch/batch.ts'
import { FillingBatch } from '../../batch/filling-batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { type ValueReader, valueReader } from './value-reader.ts'

/** Decodes rows of texts into typed arrays. A value that does not fit leaves a null and a defect of its batch. */
export class RowDecoder {
  readonly #fields: readonly Field[]
  #batch: FillingBatch
  #readers: readonly ValueReader[]

  constructor(fields: readonly Field[]) {
    this.#fields = fields
    this.#batch = new FillingBatch(fields)
    this.#readers = this.#batch.builders.map(valueReader)
  }

  get rows(): number {
    return this.#batch.rows
  }

  /** Takes in a row, and keeps no hold of it; true when a batch is full. */
  push(row: readonly (Buffer | null)[]): boolean {
    const batch = this.#batch
    for (let column = 0; column < this.#readers.length; column++) {
      const text = row[column]
      if (text == null) batch.builders[column]!.appendNull()
      else {
        batch.bytes += text.length
        try {
          this.#readers[column]!(text)
        } catch (error) {
          batch.note(error, column)
        }
      }
    }
    batch.rows++
    return batch.isFull
  }

  /** The rows decoded so far. */
  finish(): Batch {
    const batch = this.#batch.finish()
    this.#batch = new FillingBatch(this.#fields)
    this.#readers = this.#batch.builders.map(valueReader)
    return batch
  }
}
