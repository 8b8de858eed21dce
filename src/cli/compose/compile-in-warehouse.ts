import type { KnownRelations } from '../../dbt/adapter/warehouse-connection.ts'
import type { Compilation, CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import { connectionFor } from '../../run/dbt/dbt-work.ts'
import type { Output } from '../output.ts'
import { dbtWork } from './dbt-work.ts'
import { openEngine } from './open-engine.ts'
import { withPatience } from './patience.ts'
import type { Workspace } from './workspace.ts'

/** Compiles nodes whose templates ask the warehouse. What a template writes there stays, as with dbt. */
export async function compileInWarehouse(
  workspace: Workspace,
  ids: readonly string[],
  output: Output,
): Promise<Compilation> {
  const compiled = new Map<string, CompiledNode>()
  if (ids.length === 0) return compiled
  const work = dbtWork(workspace, { log: (message) => output.log(message) })
  const engine = await withPatience(() => openEngine(workspace))
  try {
    const session = await engine.connect()
    const known: KnownRelations = new Map()
    for (const id of ids) {
      const node = workspace.graph.manifest.nodes[id]
      if (node === undefined) continue
      compiled.set(id, await work.queries.compileAt(node, connectionFor(id, session, false, work, known)))
    }
    return compiled
  } finally {
    await engine.close()
  }
}
