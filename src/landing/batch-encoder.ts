import { randomUUID } from 'node:crypto'
import type { Batch } from '../batch/batch.ts'
import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../engines/engine.ts'

/** Writes the rows of a batch as a new Parquet file, exactly. `executor` is a session of an embedded DuckDB. */
export async function encodeBatch(executor: Executor, batch: Batch, path: string): Promise<void> {
  const { identifier, typeName, literal } = duckDbDialect
  const table = { name: `_ww_encode_${randomUUID().replaceAll('-', '')}` }
  const columns = batch.columns.map((column) => `${identifier(column.name)} ${typeName(column.type)}`)
  await executor.execute(`create temporary table ${identifier(table.name)} (${columns.join(', ')})`)
  try {
    await executor.load(table, one(batch))
    await executor.execute(`copy temp.${identifier(table.name)} to ${literal(path)} (format parquet)`)
  } finally {
    await executor.execute(`drop table temp.${identifier(table.name)}`)
  }
}

async function* one(batch: Batch): AsyncGenerator<Batch> {
  yield batch
}
