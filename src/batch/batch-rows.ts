import type { Batch } from './batch.ts'
import { type CellValue, valueAt } from './value-at.ts'

/** The rows of a batch as objects, for edges that need them. Of columns that share a name the last is seen. */
export function* batchRows(batch: Batch): Generator<Readonly<Record<string, CellValue>>> {
  for (let row = 0; row < batch.rows; row++) {
    yield Object.fromEntries(batch.columns.map((column) => [column.name, valueAt(column, row)]))
  }
}
