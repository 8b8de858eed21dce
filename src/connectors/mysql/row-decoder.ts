import type { Batch, Defect } from '../../batch/batch.ts'
import { type ColumnBuilder, createColumnBuilder } from '../../batch/column-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import { Misfit } from '../../batch/misfit.ts'
import { type ValueReader, valueReader } from './value-reader.ts'

const ROWS_PER_BATCH = 8192
const BYTES_PER_BATCH = 8 << 20

/** Decodes rows of texts into typed arrays. A value that does not fit leaves a null and a defect of its batch. */
export class RowDecoder {
  readonly #fields: readonly Field[]
  #builders: readonly ColumnBuilder[] = []
  #readers: readonly ValueReader[] = []
  #defects: Defect[] = []
  #rows = 0
  #bytes = 0

  constructor(fields: readonly Field[]) {
    this.#fields = fields
    this.#begin()
  }

  get rows(): number {
    return this.#rows
  }

  /** Takes in a row, and keeps no hold of it; true when a batch is full. */
  push(row: readonly (Buffer | null)[]): boolean {
    for (let column = 0; column < this.#readers.length; column++) {
      const text = row[column]
      if (text == null) this.#builders[column]!.appendNull()
      else {
        this.#bytes += text.length
        try {
          this.#readers[column]!(text)
        } catch (error) {
          this.#note(error, column)
        }
      }
    }
    this.#rows++
    return this.#rows >= ROWS_PER_BATCH || this.#bytes >= BYTES_PER_BATCH
  }

  /** The rows decoded so far. */
  finish(): Batch {
    const columns = Object.freeze(this.#builders.map((builder) => builder.finish()))
    const found = this.#defects.length === 0 ? {} : { defects: this.#defects }
    const batch = Object.freeze({ rows: this.#rows, columns, ...found })
    this.#begin()
    return batch
  }

  #begin(): void {
    this.#builders = this.#fields.map((field) => createColumnBuilder(field, ROWS_PER_BATCH))
    this.#readers = this.#builders.map(valueReader)
    this.#defects = []
    this.#rows = 0
    this.#bytes = 0
  }

  #note(error: unknown, index: number): void {
    if (!(error instanceof Misfit)) throw error
    this.#builders[index]!.appendNull()
    const { name } = this.#fields[index]!
    this.#defects.push({ row: this.#rows, column: name, what: error.what, text: error.text })
  }
}
