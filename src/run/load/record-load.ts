import type { Executor } from '../../engines/engine.ts'
import { holdsWhole } from '../../project/load-strategy.ts'
import { moment } from './moment.ts'
import type { StreamLoad } from './stream-load.ts'
import { LOADS, POSITIONS } from './warehouse-tables.ts'

/**
 * Records, in the publishing transaction, that these parts are in the table and where the source stands. The
 * primary key of loads refuses a part that was loaded meanwhile. After a full reload only its parts remain, and
 * what a person gave up.
 */
export async function recordLoad(
  executor: Executor,
  load: StreamLoad,
  watermark: string | null,
): Promise<void> {
  const { dialect } = load.engine
  const { literal, parameter } = dialect
  const stream = [load.pipeline.name, load.stream]
  const ofStream = `pipeline = ${parameter(1)} and stream = ${parameter(2)}`
  if (holdsWhole(load.pipeline)) {
    await executor.execute(
      `delete from ${dialect.relation(LOADS)} where ${ofStream} and status <> 'discarded'`,
      stream,
    )
  }
  const rows = load.parts.map((part) => {
    const texts = [part.loadId, ...stream, load.runId, part.origin, part.hash, part.stamp].map(literal)
    const scan = literal(JSON.stringify(part.scan))
    return `(${[...texts, literal(part.records), scan, `'loaded'`, moment(dialect, load.now)].join(', ')})`
  })
  if (rows.length > 0) {
    await executor.execute(
      `insert into ${dialect.relation(LOADS)}
 (load_id, pipeline, stream, run_id, origin, content_hash, stamp, records, scan, status, loaded_at)
values ${rows.join(', ')}`,
    )
  }
  await executor.execute(`delete from ${dialect.relation(POSITIONS)} where ${ofStream}`, stream)
  await executor.execute(
    `insert into ${dialect.relation(POSITIONS)} (pipeline, stream, position, load_id, run_id, watermark)
 values (${[1, 2, 3, 4, 5, 6].map(parameter).join(', ')})`,
    [...stream, load.position, load.parts.at(-1)?.loadId ?? 'none', load.runId, watermark],
  )
}
