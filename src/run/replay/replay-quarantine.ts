import { join } from 'node:path'
import type { RunStatus } from '../../events/event.ts'
import type { PipelineNode, SourceNode } from '../../graph/node.ts'
import { QUARANTINE } from '../load/warehouse-tables.ts'
import type { NodeReport } from '../node-report.ts'
import type { RunContext } from '../run-context.ts'
import { runRecord, summarize } from '../run-pipeline.ts'
import type { RunReport } from '../run-report.ts'
import type { StreamReport } from '../run-stream.ts'
import { tellChecks } from '../tell-checks.ts'
import { IS_MALFORMED, type QuarantineFilter, quarantineCondition } from './quarantine-filter.ts'
import { replayStream } from './replay-stream.ts'

export interface ReplayReport extends RunReport {
  /** Rows that cannot be replayed because their record was not well-formed. */
  readonly malformed: number
  /** Rows that cannot be replayed because their pipeline or stream is no longer in the project, by `pipeline.stream`. */
  readonly homeless: Readonly<Record<string, number>>
}

export interface ReplayOptions {
  readonly target: string
  readonly filter: QuarantineFilter
  /** A folder for the files that are loaded, of this target alone. */
  readonly folder: string
  /** The fingerprint of each pipeline's last success: a replay is no success of newer code with the source's data. */
  readonly fingerprints: ReadonlyMap<string, string>
}

/**
 * Replays quarantined rows as a run of its own, pipeline by pipeline, each stream in one transaction. Nothing to
 * replay is no run and records nothing. A pipeline is `partial` when some of its rows were rejected again, `failed`
 * when a gate held them or an error stopped it: its rows stay where they are.
 */
export async function replayQuarantine(options: ReplayOptions, context: RunContext): Promise<ReplayReport> {
  const started = performance.now()
  const found = await groups(options.filter, context)
  const malformed = found.reduce((sum, group) => sum + group.malformed, 0)
  const work = new Map<PipelineNode, SourceNode[]>()
  const homeless: Record<string, number> = {}
  for (const { pipeline, stream, rows } of found.filter((group) => group.rows > 0)) {
    const home = findHome(pipeline, stream, context)
    if (home === undefined) homeless[`${pipeline}.${stream}`] = rows
    else work.set(home.node, [...(work.get(home.node) ?? []), home.source])
  }
  const nodes: NodeReport[] = []
  if (work.size > 0) {
    begin([...work.keys()], options, context)
    await context.events.flush()
    for (const [node, sources] of work) nodes.push(await replayPipeline(node, sources, options, context))
  }
  const seconds = (performance.now() - started) / 1000
  const status = overall(nodes)
  if (work.size > 0) {
    context.events.emit({ type: 'run-finished', ...stamp(context), status, seconds })
    await context.events.flush()
  }
  return { runId: context.runId, status, seconds, nodes, malformed, homeless }
}

interface Group {
  readonly pipeline: string
  readonly stream: string
  /** Rows that can be put back. */
  readonly rows: number
  readonly malformed: number
}

async function groups(filter: QuarantineFilter, context: RunContext): Promise<readonly Group[]> {
  const { dialect } = context.engine
  const rows = await context.sessions.use((session) =>
    session.rows(
      `select pipeline, stream, sum(case when ${IS_MALFORMED} then 0 else 1 end) as n,
 sum(case when ${IS_MALFORMED} then 1 else 0 end) as malformed
from ${dialect.relation(QUARANTINE)} where ${quarantineCondition(filter, dialect)} group by 1, 2 order by 1, 2`,
    ),
  )
  return rows.map((row) => ({
    pipeline: String(row['pipeline']),
    stream: String(row['stream']),
    rows: Number(row['n']),
    malformed: Number(row['malformed']),
  }))
}

function findHome(
  pipeline: string,
  stream: string,
  { graph }: RunContext,
): { node: PipelineNode; source: SourceNode } | undefined {
  const node = [...graph.nodes.values()]
    .filter((each) => each.kind === 'pipeline')
    .find((each) => each.pipeline.name === pipeline)
  if (node === undefined) return undefined
  const source = (graph.children.get(node.uniqueId) ?? [])
    .map((id) => graph.nodes.get(id))
    .filter((each) => each?.kind === 'source')
    .find((each) => each.table === stream)
  return source === undefined ? undefined : { node, source }
}

function begin(nodes: readonly PipelineNode[], { filter, target }: ReplayOptions, context: RunContext): void {
  const select = filter.pipeline === undefined ? [] : [filter.pipeline]
  context.events.emit({
    type: 'run-started',
    ...stamp(context),
    command: 'quarantine replay',
    target,
    tasks: nodes.map((node) => node.uniqueId),
    selection: { select, exclude: [] },
  })
}

async function replayPipeline(
  node: PipelineNode,
  sources: readonly SourceNode[],
  { filter, folder, fingerprints }: ReplayOptions,
  context: RunContext,
): Promise<NodeReport> {
  const startedAt = new Date()
  const reports: StreamReport[] = []
  let failure: unknown
  context.events.emit({ type: 'task-started', ...stamp(context), node: node.uniqueId, attempt: 1 })
  try {
    for (const source of sources) {
      reports.push(await replayStream(node, source, filter, join(folder, source.uniqueId), context))
    }
  } catch (error) {
    failure = error
  }
  const ran = judge(summarize(reports, failure, false))
  const seconds = (Date.now() - startedAt.getTime()) / 1000
  const report: NodeReport = { node: node.uniqueId, ...ran, seconds }
  tellChecks(node.uniqueId, ran.checks, context)
  context.events.emit({
    type: 'pipeline-recorded',
    ...stamp(context),
    record: runRecord(node, reports, ran, startedAt, context),
  })
  const { status, rows, ledger, message, published } = ran
  const fingerprint = fingerprints.get(node.uniqueId) ?? node.fingerprint
  context.events.emit({
    type: 'task-finished',
    ...stamp(context),
    node: node.uniqueId,
    fingerprint,
    status,
    seconds,
    rows,
    ledger,
    message,
    published,
  })
  await context.events.flush()
  return report
}

type Ran = Omit<NodeReport, 'node' | 'seconds'>

/** Rows that came back are no failure of the run, but not what was hoped for either. */
function judge(ran: Ran): Ran {
  const again = ran.ledger?.rejected ?? 0
  if (ran.status !== 'success' || again === 0) return ran
  const message = `${again} ${again === 1 ? 'row was' : 'rows were'} rejected again`
  return { ...ran, status: 'partial', message }
}

function overall(nodes: readonly NodeReport[]): RunStatus {
  if (nodes.every((node) => node.status === 'success')) return 'success'
  return nodes.every((node) => node.status === 'failed') ? 'failed' : 'partial'
}

function stamp(context: RunContext): { runId: string; at: string } {
  return { runId: context.runId, at: new Date().toISOString() }
}
