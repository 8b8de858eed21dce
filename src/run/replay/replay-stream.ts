import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { batchRows } from '../../batch/batch-rows.ts'
import type { Session } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { failPoint } from '../../fail-point/fail-point.ts'
import type { CheckNode, PipelineNode, SourceNode } from '../../graph/node.ts'
import type { LandedPart } from '../../landing/landed-part.ts'
import { loadId } from '../../landing/load-id.ts'
import { parseScan } from '../../landing/manifest.ts'
import { EMPTY_LEDGER } from '../../ledger/ledger.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import { effectsOf } from '../../transform/operation-traits.ts'
import { loadStream } from '../load/load-stream.ts'
import { moment } from '../load/moment.ts'
import { LOADS, QUARANTINE } from '../load/warehouse-tables.ts'
import { refuseMixedTable } from '../refuse-mixed-treatment.ts'
import type { RunContext } from '../run-context.ts'
import { announce, childReports, type StreamReport } from '../run-stream.ts'
import { IS_MALFORMED, type QuarantineFilter, quarantineCondition } from './quarantine-filter.ts'
import { writePayloads } from './write-payloads.ts'

/** Ids of the rows that are being put back: the same rows are read and marked, whatever arrives meanwhile. */
const REPLAYED = '_ww_replayed'

/**
 * Puts a stream's quarantined rows back through its pipeline as it is now, and marks them replayed in the transaction
 * that loads them. Rows that are rejected again become new rows of the quarantine. A merge merges them, and a history
 * takes them as versions; every other strategy adds them: they are part of what was loaded, and never a new whole of the
 * table or of a partition.
 * @param folder for the files that are loaded; removed afterwards
 */
export async function replayStream(
  node: PipelineNode,
  source: SourceNode,
  filter: QuarantineFilter,
  folder: string,
  context: RunContext,
): Promise<StreamReport> {
  refuseFolded(node.pipeline)
  return context.sessions.use(async (session) => {
    const { dialect } = context.engine
    const stream = source.table
    const known = await context.known.of(session, node.pipeline.name, stream)
    refuseMixedTable({ ...node.pipeline, load: addingOnly(node.pipeline).load }, stream, known)
    const { watermark, position } = known
    context.known.forget(node.pipeline.name, stream)
    const report = {
      stream,
      relation: dialect.relation(source.relation),
      step: 'verify' as const,
      watermarkBefore: watermark,
    }
    await pick(session, node.pipeline.name, stream, filter, context)
    await mkdir(folder, { recursive: true })
    try {
      const parts = await writeParts(session, node, stream, position ?? '', folder, context)
      if (parts.length === 0) {
        const ledger = EMPTY_LEDGER
        return {
          ...report,
          status: 'unchanged',
          ledger,
          children: [],
          checks: [],
          watermarkAfter: watermark,
          message: '',
        }
      }
      await failPoint('during-replay')
      const reader = context.engine.capabilities.scansFiles ? session : await context.reader.connect()
      try {
        const outcome = await loadStream({
          engine: context.engine,
          session,
          reader,
          pipeline: addingOnly(node.pipeline),
          stream,
          target: source.relation,
          lookups: node.lookups,
          parts,
          dataFile: (part) => join(folder, part.path),
          position: position ?? '',
          gates: gatesOf(source, context).map(({ check, relation }) => ({ check, relation })),
          runId: context.runId,
          now: context.now,
          watermark,
          pseudonyms: context.pseudonyms,
          evidence: context.evidence,
          alongside: marks(parts, context),
        })
        await failPoint('during-replay')
        announce(context, node, source, parts, outcome)
        const { status, ledger, checks, message } = outcome
        const step = status === 'held' ? ('validate' as const) : report.step
        const children = childReports(outcome, context)
        return {
          ...report,
          step,
          status,
          ledger,
          children,
          checks,
          watermarkAfter: outcome.watermark,
          message,
        }
      } finally {
        if (reader !== session) await reader.close()
      }
    } finally {
      await session.execute(`drop table if exists ${REPLAYED}`)
      await rm(folder, { recursive: true, force: true })
    }
  })
}

/** Rows that were to become one with others are nothing by themselves. */
function refuseFolded({ name, transform }: Pipeline): void {
  const operations = transform.stages.flatMap((stage) => stage.operations)
  const folding = operations.find((operation) => effectsOf(operation).includes('folded'))
  if (folding === undefined) return
  throw new WaterworksError('WW4306', {
    message: `rows of pipeline ${name} cannot be put back alone, for it has a ${folding.operation}`,
    location: folding.location,
  })
}

/**
 * Lists the rows to put back. Those whose load is no longer recorded belong to a version of the table that a full
 * reload has replaced.
 */
async function pick(
  session: Session,
  pipeline: string,
  stream: string,
  filter: QuarantineFilter,
  { engine: { dialect } }: RunContext,
): Promise<void> {
  const { literal, relation } = dialect
  await session.execute(`drop table if exists ${REPLAYED}`)
  await session.execute(
    `create temporary table ${REPLAYED} as select quarantine_id from ${relation(QUARANTINE)}
where pipeline = ${literal(pipeline)} and stream = ${literal(stream)} and not (${IS_MALFORMED})
 and ${quarantineCondition(filter, dialect)} and load_id in (select load_id from ${relation(LOADS)})`,
  )
}

/** A part for each load the rows came with, for each has its own way of being read; older loads first. */
async function writeParts(
  session: Session,
  node: PipelineNode,
  stream: string,
  position: string,
  folder: string,
  context: RunContext,
): Promise<readonly LandedPart[]> {
  const { dialect } = context.engine
  const picked = `${dialect.relation(QUARANTINE)} as q join ${REPLAYED} as r on r.quarantine_id = q.quarantine_id`
  const loads = await session.rows(
    `select load_id, origin, scan from ${dialect.relation(LOADS)}
where load_id in (select q.load_id from ${picked}) order by loaded_at, load_id`,
  )
  const parts: LandedPart[] = []
  for (const [index, load] of loads.entries()) {
    const origin = String(load['origin']).replace(REPLAY_MARK, '')
    const scan = parseScan(String(load['scan']), origin)
    const path = `${index + 1}.payloads`
    const rows = session.batches(
      `select q.payload from ${picked} where q.load_id = ${dialect.parameter(1)} order by q.record`,
      [String(load['load_id'])],
    )
    const written = await writePayloads(texts(rows), scan, join(folder, path))
    parts.push({
      loadId: loadId(node.pipeline.name, stream, written.hash, `replay ${context.runId} ${index}`),
      pipeline: node.pipeline.name,
      stream,
      sequence: index + 1,
      path,
      origin: `${origin}${REPLAY}`,
      ...written,
      stamp: null,
      from: position,
      to: position,
      landedAt: context.now,
    })
  }
  return parts
}

/** What an origin carries once its rows came back, so that places within it are not looked for in the source. */
const REPLAY = ' (replayed)'
const REPLAY_MARK = / \(replayed\)$/

async function* texts(batches: ReturnType<Session['batches']>): AsyncGenerator<string> {
  for await (const batch of batches) {
    for (const row of batchRows(batch)) yield String(row['payload'])
  }
}

function addingOnly(pipeline: Pipeline): Pipeline {
  const { strategy, matched } = pipeline.load
  if (strategy === 'soft-delete') {
    // What was not replayed is not gone for that.
    return { ...pipeline, extract: { ...pipeline.extract, strategy: 'incremental' } }
  }
  // Nor are the other rows of its key, where all of them take the place of what was there.
  if (traitsOf(strategy).keyed && matched !== 'delete-insert') return pipeline
  return { ...pipeline, load: { ...pipeline.load, strategy: 'append' } }
}

/** As in a build: the checks that look at this table, and at nothing that is built later. */
function gatesOf(source: SourceNode, { graph }: RunContext): readonly CheckNode[] {
  return [...graph.nodes.values()]
    .filter((node) => node.kind === 'check')
    .filter(
      ({ dependsOn }) =>
        dependsOn.includes(source.uniqueId) &&
        dependsOn.every((id) => graph.nodes.get(id)?.kind === 'source'),
    )
}

function marks(parts: readonly LandedPart[], { engine: { dialect }, runId, now }: RunContext) {
  const { relation, literal, parameter } = dialect
  return [
    {
      sql: `update ${relation(QUARANTINE)} set replayed_run_id = ${parameter(1)}, replayed_at = ${moment(dialect, now)}
where quarantine_id in (select quarantine_id from ${REPLAYED})`,
      params: [runId],
    },
    {
      // Such loads are no content of the source: what a stream consists of is told without them.
      sql: `update ${relation(LOADS)} set status = 'replayed'
where load_id in (${parts.map((part) => literal(part.loadId)).join(', ')})`,
      params: [],
    },
  ]
}
