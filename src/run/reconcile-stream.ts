import type { Connector } from '../connectors/connector.ts'
import type { Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { CheckNode, PipelineNode, SourceNode } from '../graph/node.ts'
import { cronFiresBetween } from '../project/cron-due.ts'
import type { Reconcile } from '../project/pipeline.ts'
import { LoadHeld } from './load/load-held.ts'
import { type Reconciliation, reconcileKeys } from './load/reconcile-keys.ts'
import { RECONCILIATIONS } from './load/warehouse-tables.ts'
import { pipelineOfStream } from './pipeline-of-stream.ts'
import type { RunContext } from './run-context.ts'
import { checkOf } from './run-gates.ts'
import type { StreamReport } from './run-stream.ts'

/**
 * Compares a stream's keys with the source's when that is due or asked for, after its load, and publishes what comes of
 * it in a transaction of its own. What was found missing is counted in the report's ledger as rows that arrived in order
 * to be deleted. When a gate blocks, the table stays as the load left it, and the report has the failed checks.
 * Throws WW4209 where rows have no keys, and what the engine and the connector throw.
 */
export async function reconcileStream(
  node: PipelineNode,
  source: SourceNode,
  gates: readonly CheckNode[],
  report: StreamReport,
  context: RunContext,
): Promise<StreamReport> {
  const reconcile = node.pipeline.extract.database?.reconcile
  if (reconcile === undefined || report.status === 'held') return report
  return context.sessions.use(async (session) => {
    if (context.reconcile !== true && !(await isDue(session, node, source, reconcile, context))) return report
    const connector = await context.connect(node.pipeline)
    try {
      const done = await compare(session, connector, node, source, gates, reconcile, context)
      return withReconciliation(report, done, reconcile)
    } catch (error) {
      if (!(error instanceof LoadHeld)) throw error
      const message = `its reconciliation was undone: ${error.message}`
      return {
        ...report,
        step: 'validate',
        checks: latest(report, error.checks),
        message: joined(report.message, `${source.table}: ${message}`),
      }
    } finally {
      await connector.release?.()
    }
  })
}

async function isDue(
  session: Session,
  { pipeline }: PipelineNode,
  { table: stream }: SourceNode,
  { schedule }: Reconcile,
  { engine, now }: RunContext,
): Promise<boolean> {
  const { relation, parameter } = engine.dialect
  const [last] = await session.rows(
    `select reconciled_at from ${relation(RECONCILIATIONS)}
 where pipeline = ${parameter(1)} and stream = ${parameter(2)}`,
    [pipeline.name, stream],
  )
  if (last === undefined) return true
  return cronFiresBetween(schedule, pipeline.timezone, new Date(String(last['reconciled_at'])), new Date(now))
}

async function compare(
  session: Session,
  connector: Connector,
  node: PipelineNode,
  source: SourceNode,
  gates: readonly CheckNode[],
  { action }: Reconcile,
  context: RunContext,
): Promise<Reconciliation> {
  const { engine, runId, now, evidence } = context
  const stream = source.table
  const described = await connector.describe?.(stream)
  const pipeline = pipelineOfStream(node.pipeline, stream, described)
  const { mergeKeys } = pipeline.load
  const keys = mergeKeys.length > 0 ? mergeKeys : (described?.key ?? [])
  if (keys.length === 0 || connector.keys === undefined) {
    throw new WaterworksError('WW4209', {
      message: `pipeline ${pipeline.name} reconciles ${stream}, which has no primary key`,
    })
  }
  const done = await reconcileKeys({
    engine,
    session,
    target: source.relation,
    pipeline,
    stream,
    keys,
    action,
    batches: connector.keys(stream, keys),
    gates: gates.map((gate) => ({ check: checkOf(gate), relation: gate.relation })),
    runId,
    now,
    evidence,
  })
  const { compared, missing } = done
  const stamp = { runId, at: new Date().toISOString(), node: node.uniqueId }
  context.events.emit({ type: 'rows-reconciled', ...stamp, stream, action, compared, missing })
  return done
}

function withReconciliation(
  report: StreamReport,
  { missing, changed, rowsBefore, rowsAfter, physicalDeletes, checks }: Reconciliation,
  { action }: Reconcile,
): StreamReport {
  if (action === 'report') {
    const said = missing > 0 ? `${report.stream}: ${missing} rows are no more at the source` : ''
    return { ...report, message: joined(report.message, said) }
  }
  const { ledger } = report
  const fresh = report.status === 'unchanged'
  return {
    ...report,
    status: changed ? 'loaded' : report.status,
    checks: latest(report, checks),
    ledger: {
      ...ledger,
      extracted: ledger.extracted + missing,
      deleted: ledger.deleted + missing,
      rows_before: fresh ? rowsBefore : ledger.rows_before,
      rows_after: rowsAfter,
      physical_deletes: ledger.physical_deletes + physicalDeletes,
    },
  }
}

/** A check that was run twice says what it said last. */
function latest({ checks }: StreamReport, again: readonly StreamReport['checks'][number][]) {
  const names = new Set(again.map((result) => result.id ?? result.name))
  return [...checks.filter((result) => !names.has(result.id ?? result.name)), ...again]
}

function joined(...messages: readonly string[]): string {
  return messages.filter(Boolean).join('; ')
}
