import { appendValue } from './append-value.ts'
import type { Batch } from './batch.ts'
import { type ColumnBuilder, createColumnBuilder } from './column-builder.ts'
import type { Field } from './logical-type.ts'
import type { CellValue } from './value-at.ts'

/** Builds a batch from rows, at edges whose source has rows only. */
export class BatchBuilder {
  readonly #columns: readonly ColumnBuilder[]
  #rows = 0

  constructor(fields: readonly Field[], capacity?: number) {
    this.#columns = fields.map((field) => createColumnBuilder(field, capacity))
  }

  get rows(): number {
    return this.#rows
  }

  /** Values in the order of the fields, as `valueAt` gives them. Throws WW3004 for one that does not fit. */
  append(values: readonly (CellValue | Uint8Array)[]): void {
    for (const [index, column] of this.#columns.entries()) appendValue(column, values[index] ?? null)
    this.#rows++
  }

  finish(): Batch {
    return Object.freeze({
      rows: this.#rows,
      columns: Object.freeze(this.#columns.map((column) => column.finish())),
    })
  }
}
