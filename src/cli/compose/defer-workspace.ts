import { type NodeSelection, selectNodes } from '../../graph/selection/select-nodes.ts'
import type { Invocation } from '../command.ts'
import { readElsewhere } from './read-elsewhere.ts'
import { compileOpened, type Workspace } from './workspace.ts'

/** Kinds of nodes that commands build, and which are there for those that read them. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  build: ['model', 'seed', 'snapshot'],
  run: ['model'],
  seed: ['seed'],
  snapshot: ['snapshot'],
}

export interface DeferRequest {
  readonly command: string
  /** In a retry: what of the selection is done. */
  readonly only?: ReadonlySet<string> | undefined
}

/**
 * The workspace as --defer wants it: what is not there, nor built by this command, is read where an earlier run has it. The same
 * workspace without the flag. Throws WW1304 when there is no such run.
 */
export async function deferWorkspace(
  workspace: Workspace,
  invocation: Invocation,
  selection: NodeSelection,
  { command, only }: DeferRequest,
): Promise<Workspace> {
  const { graph } = workspace
  if (!invocation.flags.isSet('defer')) return workspace
  const found = selectNodes(graph, selection).selected
  const selected = only === undefined ? found : new Set([...found].filter((id) => only.has(id)))
  const kinds = BUILT[command] ?? []
  const isBuilt = (id: string) => selected.has(id) && kinds.includes(graph.nodes.get(id)?.kind ?? '')
  const elsewhere = await readElsewhere(workspace, invocation.flags, selected, isBuilt)
  if (elsewhere === undefined || elsewhere.size === 0) return workspace
  return {
    ...workspace,
    ...compileOpened(workspace, invocation, { command, elsewhere, parsed: workspace.parsed }),
  }
}
