import { join } from 'node:path'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { readRows } from '../../../owner/reader.ts'
import { QUARANTINE } from '../../../run/load/warehouse-tables.ts'
import { type ReplayReport, replayQuarantine } from '../../../run/replay/replay-quarantine.ts'
import type { Invocation } from '../../command.ts'
import { inRunContext } from '../../compose/in-run-context.ts'
import { withReader } from '../../compose/open-reader.ts'
import { openState } from '../../compose/open-state.ts'
import { withStopSignal } from '../../compose/stop-signal.ts'
import { openWorkspace, type Workspace } from '../../compose/workspace.ts'
import type { Output } from '../../output.ts'
import { createProgress } from '../../progress.ts'
import { reportJson } from '../../report-json.ts'
import { sayAmount } from '../../say-number.ts'
import { renderSummary } from '../../summary.ts'
import { requirePipeline } from './filter.ts'

/** `quarantine replay`: puts rows back through their pipelines. Exits 1 when some were rejected again or held. */
export async function replay(invocation: Invocation, ids: readonly string[]): Promise<number> {
  const { flags, output } = invocation
  for (const flag of ['run']) {
    if (flags.text(flag) !== undefined) {
      throw new WaterworksError('WW7001', { message: `quarantine replay takes no --${flag}` })
    }
  }
  const workspace = await openWorkspace(invocation)
  requirePipeline(flags.text('pipeline'), workspace.project)
  const filter = { pipeline: flags.text('pipeline'), reason: flags.text('reason'), ids }
  await requireRows(workspace, ids)
  const state = await openState(workspace)
  const progress = createProgress(output, workspace.graph)
  try {
    const successes = await state.lastSuccesses(workspace.targetName)
    const report = await withStopSignal(output, (signal) =>
      inRunContext(workspace, state, { listener: progress.event, signal }, (context) =>
        replayQuarantine(
          {
            target: workspace.targetName,
            filter,
            folder: join(workspace.home, 'replay', workspace.targetName),
            fingerprints: new Map([...successes].map(([node, { fingerprint }]) => [node, fingerprint])),
          },
          context,
        ),
      ),
    )
    progress.end()
    printReport(report, workspace, output)
    output.json({ ...reportJson(report), malformed: report.malformed, homeless: report.homeless })
    return report.status === 'success' && Object.keys(report.homeless).length === 0 ? 0 : 1
  } finally {
    progress.end()
    await state.close()
  }
}

/** Ids that are given must be there: a slip of the hand is not "nothing to replay". Throws WW7008. */
async function requireRows(workspace: Workspace, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { dialect } = workspace
  const list = ids.map((id) => dialect.literal(id)).join(', ')
  const rows = await withReader(workspace, (reader) =>
    readRows(
      reader,
      `select quarantine_id, replayed_at from ${dialect.relation(QUARANTINE)} where quarantine_id in (${list})`,
    ),
  )
  const found = new Map(rows.map((row) => [row['quarantine_id'], row['replayed_at']]))
  for (const id of ids) {
    if (!found.has(id)) {
      throw new WaterworksError('WW7008', { message: `the quarantine has no row ${id}` })
    }
    if (found.get(id) !== null) {
      throw new WaterworksError('WW7008', { message: `the row ${id} was replayed already` })
    }
  }
}

function printReport(report: ReplayReport, workspace: Workspace, output: Output): void {
  output.print(report.nodes.length === 0 ? 'Nothing to replay.' : renderSummary(report, workspace, output))
  for (const [stream, rows] of Object.entries(report.homeless)) {
    output.print(
      `${sayAmount(rows, 'row')} of ${stream} not replayed: the project no longer has that pipeline or table.`,
    )
  }
  if (report.malformed > 0) {
    output.print(
      `${sayAmount(report.malformed, 'record')} not well-formed and so not replayed: have the file mended and delivered again.`,
    )
  }
}
