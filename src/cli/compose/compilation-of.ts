import type { Compilation, CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { CompiledProject } from '../../graph/compile-project.ts'

/**
 * The code of nodes and of the ephemeral models that stand in them, for artifacts; without those that have none, or wait for the
 * warehouse. Throws what templates of tests throw.
 */
export function compilationOf(
  { graph: { manifest }, queries }: Pick<CompiledProject, 'graph' | 'queries'>,
  ids: Iterable<string>,
): Compilation {
  const compilation = new Map<string, CompiledNode>()
  const add = (id: string) => {
    const node = manifest.nodes[id]
    const compiled = node && queries.compiled(node)
    if (!compiled || compilation.has(id)) return
    for (const cte of compiled.extraCtes) add(cte.id)
    compilation.set(id, compiled)
  }
  for (const id of ids) add(id)
  return compilation
}
