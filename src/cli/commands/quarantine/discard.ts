import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { PipelineNode } from '../../../graph/node.ts'
import type { LandedPart } from '../../../landing/landed-part.ts'
import { SessionReader } from '../../../owner/session-reader.ts'
import { discardLoad } from '../../../run/replay/discard-load.ts'
import type { RunContext } from '../../../run/run-context.ts'
import type { Invocation } from '../../command.ts'
import { heldLoads } from '../../compose/held-loads.ts'
import { inRunContext } from '../../compose/in-run-context.ts'
import { openState } from '../../compose/open-state.ts'
import { withStopSignal } from '../../compose/stop-signal.ts'
import { openWorkspace, type Workspace } from '../../compose/workspace.ts'
import { sayAmount } from '../../say-number.ts'

/** So much of a load's id must be given at least. */
const SHORTEST_ID = 8

/** `quarantine discard LOAD_ID --reason TEXT`: gives up a load that is held. */
export async function discard(invocation: Invocation, ids: readonly string[]): Promise<number> {
  const { flags, output } = invocation
  const [id] = ids
  const reason = flags.text('reason')?.trim() ?? ''
  if (id === undefined || ids.length > 1 || id.length < SHORTEST_ID || reason === '') {
    throw new WaterworksError('WW7001', {
      message: 'quarantine discard takes one load id and the reason: LOAD_ID --reason TEXT',
      hint: 'See `waterworks quarantine list` for the loads that are held.',
    })
  }
  const workspace = await openWorkspace(invocation)
  const state = await openState(workspace)
  try {
    const part = await withStopSignal(output, (signal) =>
      inRunContext(workspace, state, { listener: () => undefined, signal }, async (context) => {
        const found = await findHeld(id, workspace, context)
        await discardLoad(found, pipelineOf(found, workspace), reason, workspace.targetName, context)
        return found
      }),
    )
    output.print(
      `Discarded the load of ${part.origin} (${sayAmount(part.records, 'record')}); its content will not be taken again.`,
    )
    output.json({
      status: 'success',
      run_id: workspace.runId,
      discarded: { load_id: part.loadId, origin: part.origin, records: part.records, reason },
    })
    return 0
  } finally {
    await state.close()
  }
}

async function findHeld(id: string, workspace: Workspace, { engine }: RunContext): Promise<LandedPart> {
  const reader = await SessionReader.open(engine)
  try {
    const held = (await heldLoads(workspace, reader)).filter((part) => part.loadId.startsWith(id))
    const [part, other] = held
    if (part !== undefined && other === undefined) return part
    const message =
      part === undefined ? `no load that is held has the id ${id}` : `several held loads fit ${id}`
    throw new WaterworksError('WW7008', { message })
  } finally {
    await reader.close()
  }
}

function pipelineOf(part: LandedPart, { graph }: Workspace): PipelineNode {
  const node = [...graph.nodes.values()]
    .filter((each) => each.kind === 'pipeline')
    .find((each) => each.pipeline.name === part.pipeline)
  if (node !== undefined) return node
  throw new WaterworksError('WW7005', { message: `the project has no pipeline ${part.pipeline}` })
}
