import type { Dialect } from '../../engines/dialect.ts'
import type { Session } from '../../engines/engine.ts'
import { LOADS, POSITIONS, QUARANTINE, TREATMENTS } from './warehouse-tables.ts'

/**
 * Forgets that a stream was ever loaded, because its table is gone: what the source still has is then loaded anew.
 * What a person gave up stays given up, and rows put back from the quarantine stay marked.
 */
export async function forgetStream(
  session: Session,
  dialect: Dialect,
  pipeline: string,
  stream: string,
): Promise<void> {
  const ofStream = `pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}`
  await session.transaction(async (transaction) => {
    for (const [table, which] of [
      [LOADS, "status <> 'discarded'"],
      [QUARANTINE, 'replayed_at is null'],
      [POSITIONS, 'true'],
      [TREATMENTS, 'true'],
    ] as const) {
      await transaction.execute(`delete from ${dialect.relation(table)} where ${ofStream} and ${which}`, [
        pipeline,
        stream,
      ])
    }
  })
}
