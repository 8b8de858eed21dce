import { type Deferral, deferredRelations } from '../../dbt/reading/defer.ts'
import type { Reading } from '../../dbt/reading/reading.ts'
import type { Flags } from '../command.ts'
import { deferredManifest } from './deferred-manifest.ts'
import { existingRelations } from './existing-relations.ts'
import type { Workspace } from './workspace.ts'

/**
 * The relations that are read elsewhere under --defer; undefined without it. Nodes that are selected are there once they are built, if
 * the command builds them.
 */
export async function readElsewhere(
  workspace: Workspace,
  flags: Flags,
  selected: ReadonlySet<string>,
  isBuilt: (id: string) => boolean,
): Promise<Reading['elsewhere'] | undefined> {
  if (!flags.isSet('defer')) return undefined
  const previous = deferredManifest(workspace, flags)
  const nodes = Object.values(workspace.graph.manifest.nodes).filter(
    ({ unique_id: id }) => id in previous.nodes,
  )
  const existing = await existingRelations(
    workspace,
    nodes.filter(({ unique_id: id }) => !isBuilt(id)),
  )
  const deferral: Deferral = {
    previous,
    favorState: flags.isSet('favor-state'),
    selected,
    exists: ({ unique_id: id }) => isBuilt(id) || existing.has(id),
  }
  return deferredRelations(nodes, deferral)
}
