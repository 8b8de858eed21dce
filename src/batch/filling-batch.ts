import type { Batch, Defect } from './batch.ts'
import { type ColumnBuilder, createColumnBuilder } from './column-builder.ts'
import type { Field } from './logical-type.ts'
import { Misfit } from './misfit.ts'

const ROWS = 8192
const BYTES = 8 << 20

/** A batch that a decoder of some wire format fills, value by value; full after 8,192 rows or 8 MiB of the wire. */
export class FillingBatch {
  readonly builders: readonly ColumnBuilder[]
  readonly #fields: readonly Field[]
  readonly #defects: Defect[] = []
  rows = 0
  /** Of the wire. */
  bytes = 0

  constructor(fields: readonly Field[]) {
    this.#fields = fields
    this.builders = fields.map((field) => createColumnBuilder(field, ROWS))
  }

  get isFull(): boolean {
    return this.rows >= ROWS || this.bytes >= BYTES
  }

  /** Leaves a null and a defect for a value of the row at work that does not fit; throws what is no misfit. */
  note(error: unknown, index: number): void {
    if (!(error instanceof Misfit)) throw error
    this.builders[index]!.appendNull()
    const { name } = this.#fields[index]!
    this.#defects.push({ row: this.rows, column: name, what: error.what, text: error.text })
  }

  finish(): Batch {
    const columns = Object.freeze(this.builders.map((builder) => builder.finish()))
    const found = this.#defects.length === 0 ? {} : { defects: this.#defects }
    return Object.freeze({ rows: this.rows, columns, ...found })
  }
}
