import type { PipelineNode } from '../../graph/node.ts'
import type { LandedPart } from '../../landing/landed-part.ts'
import { EMPTY_LEDGER } from '../../ledger/ledger.ts'
import { moment } from '../load/moment.ts'
import { LOADS } from '../load/warehouse-tables.ts'
import type { RunContext } from '../run-context.ts'

/**
 * Gives up a load that is held: records in the warehouse that its content is not wanted, so that the source's file is
 * not taken again, then removes what landed. Recorded as a run whose one task was skipped, for the reason given.
 */
export async function discardLoad(
  part: LandedPart,
  node: PipelineNode,
  reason: string,
  target: string,
  context: RunContext,
): Promise<void> {
  const started = performance.now()
  const at = () => ({ runId: context.runId, at: new Date().toISOString() })
  const { events } = context
  events.emit({
    type: 'run-started',
    ...at(),
    command: 'quarantine discard',
    target,
    tasks: [node.uniqueId],
    selection: { select: [node.name], exclude: [] },
  })
  await events.flush()
  await record(part, context)
  await context.landing.remove(part)
  const seconds = (performance.now() - started) / 1000
  events.emit({
    type: 'task-finished',
    ...at(),
    node: node.uniqueId,
    fingerprint: node.fingerprint,
    status: 'skipped',
    seconds,
    rows: 0,
    ledger: EMPTY_LEDGER,
    message: `load ${part.loadId.slice(0, 12)} of ${part.origin} (${part.records} records) was discarded: ${reason}`,
    published: [],
  })
  events.emit({ type: 'run-finished', ...at(), status: 'success', seconds })
  await events.flush()
}

async function record(part: LandedPart, { engine, sessions, runId, now }: RunContext): Promise<void> {
  const { dialect } = engine
  const texts = [part.loadId, part.pipeline, part.stream, runId, part.origin, part.hash].map(dialect.literal)
  const scan = dialect.literal(JSON.stringify(part.scan))
  const values = [...texts, dialect.literal(part.records), scan, `'discarded'`, moment(dialect, now)]
  await sessions.use((session) =>
    session.execute(
      `insert into ${dialect.relation(LOADS)}
 (load_id, pipeline, stream, run_id, origin, content_hash, records, scan, status, loaded_at)
values (${values.join(', ')})`,
    ),
  )
}
