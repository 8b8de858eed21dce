import { WaterworksError } from '../errors/waterworks-error.ts'
import type { RunRecord, TaskStatus } from '../events/event.ts'
import type { CheckNode, PipelineNode, SourceNode } from '../graph/node.ts'
import { EMPTY_LEDGER, type Ledger } from '../ledger/ledger.ts'
import { LEVEL } from '../naming/column-name.ts'
import { readsRows, streamsOf } from '../project/pipeline.ts'
import { attempt } from './attempt.ts'
import { extractTables } from './extract-tables.ts'
import type { NodeReport } from './node-report.ts'
import { reconcileStream } from './reconcile-stream.ts'
import { blocks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'
import { runStream, type StreamReport } from './run-stream.ts'

type Ran = Omit<NodeReport, 'node' | 'seconds'>

/**
 * Extracts, lands and loads every stream of a pipeline, one after another, each published on its own, and writes
 * the pipeline's run record. Tables of a database are all landed first, several at once, so that they are of one
 * moment. What fails and may pass is tried again as `error_handling` says; what was landed, loaded or compared by an
 * earlier attempt is not done twice.
 */
export async function runPipeline(
  node: PipelineNode,
  sources: readonly SourceNode[],
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Ran> {
  const { pipeline } = node
  const startedAt = new Date()
  const { strategy, maxRetries, retryDelaySeconds, timeoutSeconds } = pipeline.errorHandling
  const policy = {
    maxRetries: strategy === 'fail-fast' ? 0 : maxRetries,
    delaySeconds: retryDelaySeconds,
    timeoutSeconds,
  }
  // What takes too long is stopped alone: other tasks have statements running as well.
  const own = { ...context, sessions: context.sessions.scope() }
  const reports: StreamReport[] = []
  let failure: unknown
  try {
    if (sources.length === 0) throw nothingToRead(node)
    const trying = <T>(work: () => Promise<T>, stop: () => Promise<void>): Promise<T> =>
      attempt(
        policy,
        context.signal,
        (number) => {
          const at = new Date().toISOString()
          const { runId } = context
          context.events.emit({ type: 'task-started', runId, at, node: node.uniqueId, attempt: number })
          return work()
        },
        stop,
      )
    const stopReading = async () => {
      await Promise.all([own.sessions.interrupt(), (await context.connect(pipeline)).interrupt?.()])
    }
    const { database } = pipeline.extract
    const extracted = readsRows(pipeline.extract)
      ? await trying(() => extractTables(node, sources, own), stopReading)
      : undefined
    for (const source of sources) {
      const gatesHere = gatesOf(node, source, sources, gates, context)
      const report = await trying(
        () => runStream(node, source, gatesHere, own, extracted?.get(source.table)),
        () => own.sessions.interrupt(),
      )
      reports.push(report)
      if (database?.reconcile === undefined) continue
      reports[reports.length - 1] = await trying(
        () => reconcileStream(node, source, gatesHere, report, own),
        stopReading,
      )
    }
  } catch (error) {
    failure = error
  }
  const ran = withSla(summarize(reports, failure, strategy === 'skip-and-alert'), node, startedAt)
  context.events.emit({
    type: 'pipeline-recorded',
    runId: context.runId,
    at: new Date().toISOString(),
    record: runRecord(node, reports, ran, startedAt, context),
  })
  return ran
}

/** Says so when a pipeline took longer than it may; a late success is still one. */
function withSla(ran: Ran, { pipeline }: PipelineNode, startedAt: Date): Ran {
  const minutes = (Date.now() - startedAt.getTime()) / 60_000
  if (pipeline.slaMinutes === undefined || minutes <= pipeline.slaMinutes) return ran
  const overdue = `took ${minutes.toFixed(1)} minutes, and its SLA is ${pipeline.slaMinutes}`
  return { ...ran, message: ran.message ? `${ran.message}; ${overdue}` : overdue }
}

/** A source of a kind that comes later was warned about when the project was loaded; it must not pass for done. */
function nothingToRead(node: PipelineNode): WaterworksError {
  return new WaterworksError('WW5006', {
    message: `pipeline ${node.name} has no source this version can read`,
  })
}

/**
 * A gate runs with its own stream's load, as do those of the tables of its lists; one over several relations, or of none, with
 * the last stream's.
 */
function gatesOf(
  node: PipelineNode,
  source: SourceNode,
  sources: readonly SourceNode[],
  gates: readonly CheckNode[],
  context: RunContext,
): readonly CheckNode[] {
  const { dialect } = context.engine
  const lists = new Map(sources.map((each) => [each, listsOf(node, each, context)]))
  const own = new Set([source, ...lists.get(source)!].map((each) => dialect.relation(each.relation)))
  const all = [...sources, ...[...lists.values()].flat()]
  const names = new Set(all.map((each) => dialect.relation(each.relation)))
  const isLast = source === sources.at(-1)
  return gates.filter((gate) => {
    const name = gate.relation && dialect.relation(gate.relation)
    return (name !== undefined && own.has(name)) || (isLast && (name === undefined || !names.has(name)))
  })
}

/** The tables of a stream's lists that the graph knows. */
function listsOf({ uniqueId, pipeline }: PipelineNode, { table }: SourceNode, { graph }: RunContext) {
  const streams = new Set(streamsOf(pipeline.extract))
  return (graph.children.get(uniqueId) ?? []).flatMap((id) => {
    const child = graph.nodes.get(id)
    if (child?.kind !== 'source' || streams.has(child.table)) return []
    return child.table.startsWith(`${table}${LEVEL}`) ? [child] : []
  })
}

/** What a pipeline's streams come to together; `forgiving` makes a failure partial. */
export function summarize(reports: readonly StreamReport[], failure: unknown, forgiving: boolean): Ran {
  const ledger = reports
    .flatMap(({ ledger: own, children }) => [own, ...children.map((child) => child.ledger)])
    .reduce(add, EMPTY_LEDGER)
  const held = reports.filter((report) => report.status === 'held')
  const checks = reports.flatMap((report) => report.checks)
  const failed = failure !== undefined || held.length > 0 || checks.some(blocks)
  const status: TaskStatus = failed ? (forgiving ? 'partial' : 'failed') : 'success'
  const messages = [
    ...held.map((report) => `${report.stream} held: ${report.message}`),
    ...reports.filter((report) => report.status !== 'held' && report.message).map((report) => report.message),
    ...(failure === undefined ? [] : [describe(failure)]),
  ]
  return {
    status,
    rows: ledger.inserted + ledger.updated + ledger.unchanged + ledger.deleted,
    ledger,
    checks,
    published: reports
      .filter((report) => report.status === 'loaded')
      .flatMap(({ relation, children }) => [relation, ...children.map((child) => child.relation)]),
    message: messages.join('; '),
  }
}

function add(a: Ledger, b: Ledger): Ledger {
  const keys = Object.keys(EMPTY_LEDGER) as (keyof Ledger)[]
  const sum = { ...a }
  return Object.assign(sum, Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])))
}

/** The record of one pipeline run: exactly the fields of REQUIREMENTS section 2. */
export function runRecord(
  node: PipelineNode,
  reports: readonly StreamReport[],
  ran: Ran,
  startedAt: Date,
  context: RunContext,
): RunRecord {
  const completedAt = new Date()
  const ledger = ran.ledger ?? EMPTY_LEDGER
  const applied = ledger.inserted + ledger.updated + ledger.unchanged + ledger.deleted
  const bad = ran.checks.filter((check) => check.status !== 'pass')
  const last = reports.at(-1)
  return {
    pipeline_name: node.name,
    run_id: context.runId,
    started_at: startedAt.toISOString(),
    completed_at: completedAt.toISOString(),
    status: ran.status === 'success' || ran.status === 'partial' ? ran.status : 'failed',
    stage: ran.status === 'success' ? 'verify' : (last?.step ?? 'extract'),
    rows_extracted: ledger.extracted,
    rows_transformed: applied + ledger.deduplicated,
    rows_loaded: applied,
    rows_rejected: ledger.rejected,
    quality_checks_passed: ran.checks.length - bad.length,
    quality_checks_failed: bad.length,
    duration_seconds: (completedAt.getTime() - startedAt.getTime()) / 1000,
    error_message: ran.status === 'success' ? null : ran.message,
    watermark_before: reports[0]?.watermarkBefore ?? null,
    watermark_after: last?.watermarkAfter ?? null,
  }
}

function describe(error: unknown): string {
  if (error instanceof WaterworksError) return `${error.code} ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
