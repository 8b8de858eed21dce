import type { Batch, FixedColumn } from '../../batch/batch.ts'
import { BytesBuilder } from '../../batch/bytes-builder.ts'
import type { ElementPlace } from './nested-walker.ts'

/** The names of a nested table's cells in its temporary table. */
export const cellColumn = (index: number): string => `c${index}`

const TEXTS = ['place', 'within', 'reason'] as const

/** Gathers the rows of one nested table as texts, to be loaded a batch at a time. */
export class NestedRows {
  readonly #cells: number
  #roots: bigint[] = []
  #positions: bigint[] = []
  #texts: BytesBuilder[] = []
  #columns: BytesBuilder[] = []

  constructor(cells: number) {
    this.#cells = cells
    this.#begin()
  }

  get rows(): number {
    return this.#roots.length
  }

  /** Adds a row; `cells` are texts by column, of which those that are left out are NULL. */
  add(
    root: bigint,
    at: ElementPlace | undefined,
    reason: string | undefined,
    cells: readonly (string | undefined)[],
  ): void {
    this.#roots.push(root)
    this.#positions.push(BigInt(at?.position ?? 0))
    const texts = [at?.place, at?.within ?? undefined, reason]
    for (const [index, text] of texts.entries()) append(this.#texts[index]!, text)
    for (let index = 0; index < this.#cells; index++) append(this.#columns[index]!, cells[index])
  }

  /** The rows so far, which are then begun anew. */
  take(): Batch {
    const batch: Batch = {
      rows: this.rows,
      columns: [
        whole('root', this.#roots),
        whole('position', this.#positions),
        ...this.#texts.map((text) => text.finish()),
        ...this.#columns.map((column) => column.finish()),
      ],
    }
    this.#begin()
    return batch
  }

  #begin(): void {
    this.#roots = []
    this.#positions = []
    this.#texts = TEXTS.map((name) => builder(name))
    this.#columns = Array.from({ length: this.#cells }, (_, index) => builder(cellColumn(index)))
  }
}

/** The definition of the temporary table that such rows are loaded into. */
export function nestedRowsColumns(cells: number): readonly string[] {
  return [
    ...['root bigint', 'position bigint'],
    ...TEXTS.map((name) => `${name} varchar`),
    ...Array.from({ length: cells }, (_, index) => `${cellColumn(index)} varchar`),
  ]
}

function whole(name: string, values: readonly bigint[]): FixedColumn {
  return {
    storage: 'fixed',
    name,
    type: { kind: 'int64' },
    validity: null,
    values: BigInt64Array.from(values),
  }
}

function append(builder: BytesBuilder, text: string | undefined): void {
  if (text === undefined) {
    builder.appendNull()
    return
  }
  const bytes = Buffer.from(text)
  builder.appendBytes(bytes, 0, bytes.length)
}

function builder(name: string): BytesBuilder {
  return new BytesBuilder({ name, type: { kind: 'text' } }, 256)
}
