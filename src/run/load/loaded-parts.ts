import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { LOADS, POSITIONS } from './warehouse-tables.ts'

/** What the warehouse has of a stream: load ids by content hash. The one authority on what is loaded. */
export async function loadedParts(
  executor: Executor,
  dialect: Dialect,
  pipeline: string,
  stream: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await executor.rows(
    `select content_hash, load_id from ${dialect.relation(LOADS)}
 where pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}`,
    [pipeline, stream],
  )
  return new Map(rows.map((row) => [String(row['content_hash']), String(row['load_id'])]))
}

export interface RecordedPosition {
  readonly position: string
  readonly watermark: string | null
}

/** Where a stream stands, as committed with its data; undefined before its first load. */
export async function streamPosition(
  executor: Executor,
  dialect: Dialect,
  pipeline: string,
  stream: string,
): Promise<RecordedPosition | undefined> {
  const [row] = await executor.rows(
    `select position, watermark from ${dialect.relation(POSITIONS)}
 where pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}`,
    [pipeline, stream],
  )
  if (row === undefined) return undefined
  const watermark = row['watermark'] ?? null
  return { position: String(row['position']), watermark: watermark === null ? null : String(watermark) }
}
