import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { DbtWork } from '../../run/dbt/dbt-work.ts'
import { compilationOf } from './compilation-of.ts'
import { artifactsOf, writeRunArtifacts } from './run-artifacts.ts'
import type { Workspace } from './workspace.ts'

/**
 * Leaves dbt's artifacts of a run in the target folder, for a project that has dbt's files: what was run, with the code
 * that was compiled and what was sent for it.
 */
export async function leaveArtifacts(
  workspace: Workspace,
  args: Readonly<Record<string, unknown>>,
  { results, journal }: DbtWork,
  /** What the whole run took. */
  seconds: number,
): Promise<void> {
  const { graph, parsed } = workspace
  if (Object.keys(graph.manifest.nodes).length === 0) return
  const tried = results.all.filter(({ status }) => status !== 'skipped').map(({ uniqueId }) => uniqueId)
  const compilation = new Map<string, CompiledNode>(
    compilationOf(workspace, [...tried, ...journal.untouched]),
  )
  const statements = new Map<string, string>()
  for (const [id, { compiled, sent }] of journal.entries) {
    if (compiled !== undefined) compilation.set(id, compiled)
    if (sent.length > 0) statements.set(id, sent.join('\n;\n'))
  }
  for (const [id, compiled] of compilation) {
    const node = graph.manifest.nodes[id]
    if (node?.resource_type !== 'test') continue
    const judging = JUDGING.flatMap((name) => parsed.renderer.macros.find(name, node.package_name) ?? [])
    compilation.set(id, { ...compiled, macros: [...compiled.macros, ...judging.map((one) => one.uniqueId)] })
  }
  await writeRunArtifacts({
    ...artifactsOf(workspace),
    compilation,
    statements,
    results: results.all,
    elapsedTime: seconds,
    args,
  })
}

/** What the materialization of tests calls: dbt notes it as called by each test that ran. */
const JUDGING = ['get_limit_subquery_sql', 'should_store_failures', 'statement']
