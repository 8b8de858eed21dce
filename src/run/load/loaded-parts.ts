import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { LOADS, POSITIONS } from './warehouse-tables.ts'

/** What became of contents that the platform need not take again, by content hash. */
export interface KnownParts {
  /** In the table, with their load ids. */
  readonly loaded: ReadonlyMap<string, string>
  /** Given up by a person: not in the table, and not to be. */
  readonly discarded: ReadonlySet<string>
}

/**
 * What the warehouse knows of a stream's contents: the one authority on what is loaded. Rows put back from the
 * quarantine are no content of the source.
 */
export async function loadedParts(
  executor: Executor,
  dialect: Dialect,
  pipeline: string,
  stream: string,
): Promise<KnownParts> {
  const rows = await executor.rows(
    `select content_hash, load_id, status from ${dialect.relation(LOADS)}
 where pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}
 and status <> 'replayed'`,
    [pipeline, stream],
  )
  const [discarded, loaded] = [true, false].map((given) =>
    rows.filter((row) => (row['status'] === 'discarded') === given),
  )
  return {
    loaded: new Map(loaded!.map((row) => [String(row['content_hash']), String(row['load_id'])])),
    discarded: new Set(discarded!.map((row) => String(row['content_hash']))),
  }
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
