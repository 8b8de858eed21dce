import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { StreamPosition } from '../../state/state-store.ts'
import { POSITIONS } from './warehouse-tables.ts'

/** Where every stream stands, as committed with its data: what the state store keeps a copy of for display. */
export async function readPositions(
  executor: Executor,
  dialect: Dialect,
): Promise<readonly StreamPosition[]> {
  const rows = await executor.rows(
    `select pipeline, stream, position, load_id, run_id from ${dialect.relation(POSITIONS)} order by 1, 2`,
  )
  return rows.map((row) => ({
    pipeline: String(row['pipeline']),
    stream: String(row['stream']),
    position: String(row['position']),
    loadId: String(row['load_id']),
    runId: String(row['run_id']),
  }))
}
