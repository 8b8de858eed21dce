import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { parquetFields } from './parquet-fields.ts'

const { identifier, literal } = duckDbDialect

/** The rows of a Parquet file with these of its columns, streamed, nested values as JSON. */
export async function* parquetBatches(
  executor: Executor,
  file: string,
  fields: readonly Field[],
): AsyncGenerator<Batch> {
  const columns = new Map((await parquetFields(executor, file)).map(({ field, sql }) => [field.name, sql]))
  const list = fields.map(({ name }) => `${columns.get(name) ?? identifier(name)} as ${identifier(name)}`)
  yield* executor.batches(`select ${list.join(', ')} from read_parquet(${literal(file)})`)
}
