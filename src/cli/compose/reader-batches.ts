import type { Batch } from '../../batch/batch.ts'
import { BatchBuilder } from '../../batch/batch-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { Scalar } from '../../engines/dialect.ts'
import type { Reader } from '../../owner/reader.ts'

/** Rows that are gathered before they go on. */
const BATCH_ROWS = 8192

/**
 * A query's rows in columns, to be loaded into a table.
 * @param fields what the columns are to be, in the order of the query's
 * @param limit the most rows; all of them unless given
 */
export async function* readerBatches(
  reader: Reader,
  sql: string,
  fields: readonly Field[],
  limit?: number,
): AsyncIterable<Batch> {
  let builder = new BatchBuilder(fields)
  let count = 0
  read: for await (const { rows } of reader.query(sql)) {
    for (const row of rows) {
      if (count === limit) break read
      count += 1
      builder.append(
        row.map((value, index) => (fields[index]?.type.kind === 'decimal' ? asText(value) : value)),
      )
      if (builder.rows < BATCH_ROWS) continue
      yield builder.finish()
      builder = new BatchBuilder(fields)
    }
  }
  if (builder.rows > 0) yield builder.finish()
}

function asText(value: Scalar): Scalar {
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value
}
