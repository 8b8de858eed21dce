import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FilesConnector } from '../../connectors/files/files-connector.ts'
import type { Engine } from '../../engines/engine.ts'
import { type EventListener, EventLog } from '../../events/event-log.ts'
import { RunRecordLog } from '../../events/run-record-log.ts'
import { failPoint } from '../../fail-point/fail-point.ts'
import { LandingZone } from '../../landing/landing-zone.ts'
import { OwnerServer } from '../../owner/owner-server.ts'
import { socketPath } from '../../owner/socket-path.ts'
import type { Plan } from '../../plan/plan.ts'
import { prepareWarehouse } from '../../run/load/warehouse-tables.ts'
import type { RunContext } from '../../run/run-context.ts'
import { type RunOptions, type RunReport, runPlan } from '../../run/run-plan.ts'
import { SessionPool } from '../../run/session-pool.ts'
import type { StateStore } from '../../state/state-store.ts'
import { takeBuildLease } from './build-lease.ts'
import { openEngine, openScratchEngine } from './open-engine.ts'
import type { Workspace } from './workspace.ts'

export interface ExecuteOptions extends RunOptions {
  readonly listener: EventListener
  readonly signal: AbortSignal
}

/**
 * Runs a plan with everything it needs: the target's lease, the engine, the owner's socket where the warehouse is a
 * file, the landing zone and the event log. Leaves nothing open.
 */
export async function executePlan(
  workspace: Workspace,
  state: StateStore,
  makePlan: () => Promise<Plan>,
  options: ExecuteOptions,
): Promise<RunReport> {
  const lease = await takeBuildLease(state, workspace.targetName, workspace.runId)
  await using cleanup = new AsyncDisposableStack()
  cleanup.defer(() => lease.release())
  await state.closeInterrupted(workspace.targetName)
  const engine = await openEngine(workspace)
  cleanup.defer(() => engine.close())
  const plan = await makePlan()
  await prepareWarehouse(engine, schemasOf(workspace))
  if (!engine.capabilities.sharedAccess) {
    const owner = await OwnerServer.listen(engine, socketPath(workspace.project.root))
    cleanup.defer(() => owner.close())
  }
  const context = await openContext(workspace, engine, state, options, cleanup)
  const report = await runPlan(plan, options, context)
  await failPoint('during-checkpoint')
  await context.sessions.close()
  await engine.checkpoint()
  return report
}

async function openContext(
  workspace: Workspace,
  engine: Engine,
  state: StateStore,
  options: ExecuteOptions,
  cleanup: AsyncDisposableStack,
): Promise<RunContext> {
  const { project, graph, home, runId, now } = workspace
  const events = new EventLog({
    sink: state,
    records: new RunRecordLog(join(home, 'logs', 'pipeline-runs.ndjson')),
  })
  events.listen(options.listener)
  const sessions = new SessionPool(engine)
  cleanup.defer(() => sessions.close())
  const reader = engine.capabilities.scansFiles ? engine : await openScratchEngine()
  if (reader !== engine) cleanup.defer(() => reader.close())
  const landing = new LandingZone({
    directory: join(home, 'landing'),
    encoder: () => reader.connect(),
  })
  const evidence = join(home, 'evidence', runId)
  await mkdir(evidence, { recursive: true })
  const abort = () => void sessions.interrupt()
  options.signal.addEventListener('abort', abort)
  cleanup.defer(() => options.signal.removeEventListener('abort', abort))
  return {
    project,
    graph,
    engine,
    sessions,
    reader,
    landing,
    events,
    runId,
    now,
    signal: options.signal,
    evidence,
    async connect(pipeline) {
      const connector = new FilesConnector({
        root: project.root,
        files: pipeline.extract.files,
        executor: () => reader.connect(),
      })
      cleanup.defer(() => connector.close())
      return connector
    },
  }
}

function schemasOf({ graph, target }: Workspace): readonly string[] {
  const schemas = new Set([target.schema])
  for (const node of graph.nodes.values()) {
    if (node.kind === 'model' && node.relation.schema) schemas.add(node.relation.schema)
    if (node.kind === 'source' && node.relation.schema) schemas.add(node.relation.schema)
  }
  return [...schemas].toSorted()
}
