import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connector } from '../../connectors/connector.ts'
import type { Engine, Session } from '../../engines/engine.ts'
import { type EventListener, EventLog } from '../../events/event-log.ts'
import { RunRecordLog } from '../../events/run-record-log.ts'
import { failPoint } from '../../fail-point/fail-point.ts'
import { isTestNode } from '../../graph/node.ts'
import { LandingZone } from '../../landing/landing-zone.ts'
import { OwnerServer } from '../../owner/owner-server.ts'
import { socketPath } from '../../owner/socket-path.ts'
import type { Publish } from '../../project/project.ts'
import type { BatchWork } from '../../run/dbt/dbt-work.ts'
import { keptAs } from '../../run/dbt/run-test.ts'
import { KnownLoads } from '../../run/load/known-loads.ts'
import { readPositions } from '../../run/load/read-positions.ts'
import { prepareWarehouse } from '../../run/load/warehouse-tables.ts'
import type { RunContext } from '../../run/run-context.ts'
import { SessionPool } from '../../run/session-pool.ts'
import type { StateStore } from '../../state/state-store.ts'
import { takeBuildLease } from './build-lease.ts'
import { dbtWork } from './dbt-work.ts'
import { openConnector } from './open-connector.ts'
import { openEngine, openScratchEngine } from './open-engine.ts'
import { openPseudonyms } from './open-pseudonyms.ts'
import { withPatience } from './patience.ts'
import type { Workspace } from './workspace.ts'

export interface RunHooks {
  readonly listener: EventListener
  /** Hears how far extractions are, where somebody watches. */
  readonly progress?: RunContext['progress'] | undefined
  readonly signal: AbortSignal
  /** As the project says unless given. */
  readonly publish?: Publish | undefined
  /** What microbatch models are built for; all up to now unless given. */
  readonly batches?: BatchWork | undefined
  /** Hears what templates say. */
  readonly log?: ((message: string) => void) | undefined
  /** Whether keys are compared with their sources now, due or not. */
  readonly reconcile?: boolean | undefined
}

/**
 * Does `work` with everything that writing to the target needs: its lease, the engine, the owner's socket where the
 * warehouse is a file, the landing zone and the event log. Leaves nothing open. Throws WW5004 when another process
 * writes to the target.
 */
export async function inRunContext<T>(
  workspace: Workspace,
  state: StateStore,
  hooks: RunHooks,
  work: (context: RunContext) => Promise<T>,
): Promise<T> {
  const lease = await takeBuildLease(state, workspace.targetName, workspace.runId)
  await using cleanup = new AsyncDisposableStack()
  cleanup.defer(() => lease.release())
  await state.closeInterrupted(workspace.targetName)
  const engine = await withPatience(() => connectEngine(workspace))
  cleanup.defer(() => engine.close())
  await prepareWarehouse(engine, schemasOf(workspace))
  if (!engine.capabilities.sharedAccess) {
    const owner = await OwnerServer.listen(engine, socketPath(workspace.project.root))
    cleanup.defer(() => owner.close())
  }
  const context = await openContext(workspace, engine, state, hooks, cleanup)
  const result = await work(context)
  await context.sessions.use(async (session) => {
    await state.savePositions(workspace.targetName, await readPositions(session, engine.dialect))
  })
  await failPoint('during-checkpoint')
  await context.sessions.close()
  await engine.checkpoint()
  return result
}

/** An engine whose first connection was made, so that what stands in its way shows here. */
async function connectEngine(workspace: Workspace): Promise<Engine> {
  const engine = await openEngine(workspace)
  try {
    const session = await engine.connect()
    await session.close()
    return engine
  } catch (error) {
    await engine.close().catch(() => undefined)
    throw error
  }
}

async function openContext(
  workspace: Workspace,
  engine: Engine,
  state: StateStore,
  hooks: RunHooks,
  cleanup: AsyncDisposableStack,
): Promise<RunContext> {
  const { project, graph, home, runId, now } = workspace
  const secrets = [...project.secrets]
  const events = new EventLog({
    sink: state,
    secrets,
    records: new RunRecordLog(join(home, 'logs', 'pipeline-runs.ndjson')),
  })
  events.listen(hooks.listener)
  const dbt = dbtWork(workspace, hooks)
  events.listen((event) => dbt.results.event(event))
  const sessions = new SessionPool(engine)
  cleanup.defer(() => sessions.close())
  const reader = engine.capabilities.scansFiles ? engine : await openScratchEngine()
  if (reader !== engine) cleanup.defer(() => reader.close())
  // One session looks into files for every connector; it is opened when the first file is met.
  let looking: Promise<Session> | undefined
  const look = (): Promise<Session> => {
    looking ??= reader.connect()
    return looking
  }
  cleanup.defer(async () => (await looking)?.close())
  const landing = new LandingZone({ directory: join(home, 'landing') })
  const evidence = join(home, 'evidence', runId)
  await mkdir(evidence, { recursive: true })
  const connectors = new Map<string, Connector>()
  const abort = () => {
    void sessions.interrupt()
    for (const connector of connectors.values()) void connector.interrupt?.()
  }
  hooks.signal.addEventListener('abort', abort)
  cleanup.defer(() => hooks.signal.removeEventListener('abort', abort))
  return {
    project,
    graph,
    engine,
    dbt,
    sessions,
    reader,
    pseudonyms: openPseudonyms(project, async () => state),
    landing,
    known: new KnownLoads(engine.dialect),
    events,
    progress: hooks.progress,
    runId,
    now,
    signal: hooks.signal,
    reconcile: hooks.reconcile ?? false,
    evidence,
    async connect(pipeline) {
      const opened = connectors.get(pipeline.name)
      if (opened !== undefined) return opened
      const connector = await openConnector(project, pipeline, {
        look,
        tokens: async () => state,
        credentials: async () => state,
        onSecret: (secret) => secrets.push(secret),
      })
      connectors.set(pipeline.name, connector)
      cleanup.defer(() => connector.close())
      return connector
    },
  }
}

function schemasOf({ graph, target, parsed }: Workspace): readonly string[] {
  const schemas = new Set([target.schema])
  for (const node of graph.nodes.values()) {
    if ('relation' in node && node.relation?.schema) schemas.add(node.relation.schema)
    if (isTestNode(node) && keptAs(node, { parsed })) schemas.add(node.manifest.schema)
  }
  return [...schemas].toSorted()
}
