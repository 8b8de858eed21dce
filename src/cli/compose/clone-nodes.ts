import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import { relationThen } from '../../dbt/reading/defer.ts'
import { materialize } from '../../dbt/runtime/materialize.ts'
import type { PreviousManifest } from '../../dbt/selection/comparison/parse-manifest.ts'
import type { Session } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ModelNode, Node, SeedNode, SnapshotNode } from '../../graph/node.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import { connectionFor, type DbtWork } from '../../run/dbt/dbt-work.ts'
import { nodeRequest } from '../../run/dbt/node-request.ts'
import type { Invocation } from '../command.ts'
import { sayAmount } from '../say-number.ts'
import { deferredManifest } from './deferred-manifest.ts'
import { inRunContext } from './in-run-context.ts'
import { invocationArgs } from './invocation-args.ts'
import { leaveArtifacts } from './leave-artifacts.ts'
import { openState } from './open-state.ts'
import { selectionOf } from './selection-of.ts'
import { withStopSignal } from './stop-signal.ts'
import { openWorkspace } from './workspace.ts'

type Cloned = ModelNode | SeedNode | SnapshotNode

/** Clones what is selected from the state. Returns 1 when a node could not be cloned. Throws WW1304 where there is no state. */
export async function cloneNodes(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const workspace = await openWorkspace(invocation, { command: 'clone' })
  const previous = deferredManifest(workspace, flags)
  const { selected, warnings } = selectNodes(workspace.graph, selectionOf(invocation, workspace, 'clone'))
  output.problems(warnings.map((error) => ({ severity: 'warning', error })))
  const nodes = [...workspace.graph.nodes.values()]
    .filter(isCloned)
    .filter(({ uniqueId }) => selected.has(uniqueId))
  const started = performance.now()
  const state = await openState(workspace)
  try {
    const results = await withStopSignal(output, (signal) =>
      inRunContext(
        workspace,
        state,
        { signal, listener: () => undefined, publish: 'immediately', log: (text) => output.log(text) },
        async ({ sessions, dbt }) => {
          const all: NodeResult[] = []
          for (const node of nodes) {
            if (signal.aborted) break
            const result = await sessions.use((session) => cloneOne(node, previous, session, dbt))
            dbt.results.add(result)
            all.push(result)
          }
          const seconds = (performance.now() - started) / 1000
          await leaveArtifacts(workspace, invocationArgs(flags, 'clone', workspace.now), dbt, seconds)
          return all
        },
      ),
    )
    return tell(results, invocation)
  } finally {
    await state.close()
  }
}

function isCloned(node: Node): node is Cloned {
  if (node.kind === 'seed' || node.kind === 'snapshot') return true
  return node.kind === 'model' && node.materialization !== 'ephemeral'
}

/** Each on its own: what fails does not keep the others. */
async function cloneOne(
  { uniqueId, manifest }: Cloned,
  previous: PreviousManifest,
  session: Session,
  dbt: DbtWork,
): Promise<NodeResult> {
  const then = relationThen(manifest, previous)
  const started = performance.now()
  const connection = connectionFor(uniqueId, session, true, dbt)
  const result = (
    status: NodeResult['status'],
    message: string,
    adapterResponse: NodeResult['adapterResponse'] = {},
  ): NodeResult => ({
    uniqueId,
    status,
    message,
    adapterResponse,
    timing: [],
    threadId: 'Thread-1 (worker)',
    executionTime: (performance.now() - started) / 1000,
    failures: null,
  })
  try {
    const { main } = await materialize(dbt.parsed.renderer, {
      ...nodeRequest(manifest, connection, dbt),
      compiledCode: '',
      config: { materialized: 'clone' },
      ...(then && {
        deferRelation: { database: then.database, schema: then.schema, identifier: then.alias },
      }),
    })
    await connection.commit()
    if (main === undefined) return result('success', 'No-op')
    return result('success', main.message, main.answer)
  } catch (error) {
    await connection.rollback()
    if (!(error instanceof WaterworksError)) throw error
    return result('error', error.message)
  }
}

function tell(results: readonly NodeResult[], { output }: Invocation): number {
  const failed = results.filter(({ status }) => status === 'error')
  const cloned = results.filter(({ status, message }) => status === 'success' && message !== 'No-op')
  for (const { uniqueId, message } of failed)
    output.print(output.paint.error(`failed ${uniqueId}: ${message ?? ''}`))
  output.print(
    `Cloned ${sayAmount(cloned.length, 'node')}; ${results.length - cloned.length - failed.length} left as they are.`,
  )
  output.json({
    status: failed.length > 0 ? 'failed' : 'success',
    nodes: results.map(({ uniqueId, status, message }) => ({ unique_id: uniqueId, status, message })),
  })
  return failed.length > 0 ? 1 : 0
}
