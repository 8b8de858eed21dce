import { WaterworksError } from '../errors/waterworks-error.ts'
import type { PipelineNode, SourceNode } from '../graph/node.ts'
import { cronFiresBetween } from '../project/cron-due.ts'
import { reconcileKeys } from './load/reconcile-keys.ts'
import { RECONCILIATIONS } from './load/warehouse-tables.ts'
import { pipelineOfStream } from './pipeline-of-stream.ts'
import type { RunContext } from './run-context.ts'
import type { StreamReport } from './run-stream.ts'

/**
 * Compares a stream's keys with the source's when that is due or asked for, after its load. What was found missing is
 * counted in the report's ledger as rows that arrived in order to be deleted.
 */
export async function reconcileStream(
  node: PipelineNode,
  source: SourceNode,
  report: StreamReport,
  context: RunContext,
): Promise<StreamReport> {
  const { pipeline } = node
  const reconcile = pipeline.extract.database?.reconcile
  if (reconcile === undefined || report.status === 'held') return report
  return context.sessions.use(async (session) => {
    const { dialect } = context.engine
    const stream = source.table
    const [last] = await session.rows(
      `select reconciled_at from ${dialect.relation(RECONCILIATIONS)}
 where pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}`,
      [pipeline.name, stream],
    )
    const after = last === undefined ? undefined : new Date(String(last['reconciled_at']))
    const now = new Date(context.now)
    const due = after === undefined || cronFiresBetween(reconcile.schedule, pipeline.timezone, after, now)
    if (!due && context.reconcile !== true) return report
    const connector = await context.connect(pipeline)
    const described = await connector.describe?.(stream)
    const { mergeKeys } = pipelineOfStream(pipeline, stream, described).load
    const keys = mergeKeys.length > 0 ? mergeKeys : (described?.key ?? [])
    if (keys.length === 0 || connector.keys === undefined) {
      throw new WaterworksError('WW4209', {
        message: `pipeline ${pipeline.name} reconciles ${stream}, which has no primary key`,
      })
    }
    const { action } = reconcile
    const result = await reconcileKeys({
      session,
      dialect,
      target: source.relation,
      pipeline: pipeline.name,
      stream,
      keys,
      action,
      batches: connector.keys(stream, keys),
      runId: context.runId,
      now: context.now,
    })
    await connector.release?.()
    const { compared, missing } = result
    const stamp = { runId: context.runId, at: new Date().toISOString(), node: node.uniqueId }
    context.events.emit({ type: 'rows-reconciled', ...stamp, stream, action, compared, missing })
    if (action === 'report') {
      const said = missing > 0 ? `${stream}: ${missing} rows are no more at the source` : ''
      return { ...report, message: [report.message, said].filter(Boolean).join('; ') }
    }
    const { ledger } = report
    const fresh = report.status === 'unchanged'
    return {
      ...report,
      status: fresh && missing > 0 ? 'loaded' : report.status,
      ledger: {
        ...ledger,
        extracted: ledger.extracted + missing,
        deleted: ledger.deleted + missing,
        rows_before: fresh ? result.rowsBefore : ledger.rows_before,
        rows_after: result.rowsAfter,
        physical_deletes: ledger.physical_deletes + (action === 'delete' ? missing : 0),
      },
    }
  })
}
