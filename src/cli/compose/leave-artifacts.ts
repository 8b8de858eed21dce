import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { DbtWork } from '../../run/dbt/dbt-work.ts'
import { compilationOf } from './compilation-of.ts'
import { writeRunArtifacts } from './run-artifacts.ts'
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
  const { graph, project, parsed, target, runId, now, env } = workspace
  if (Object.keys(graph.manifest.nodes).length === 0) return
  const tried = results.all.filter(({ status }) => status !== 'skipped').map(({ uniqueId }) => uniqueId)
  const compilation = new Map<string, CompiledNode>(compilationOf(workspace, tried))
  const statements = new Map<string, string>()
  for (const [id, { compiled, sent }] of journal.entries) {
    if (compiled !== undefined) compilation.set(id, compiled)
    if (sent.length > 0) statements.set(id, sent.join('\n;\n'))
  }
  await writeRunArtifacts({
    root: project.root,
    manifest: graph.manifest,
    invocation: { id: runId, startedAt: new Date(now), env },
    adapterType: target.type,
    quoting: { ...parsed.renderer.settings.quoting },
    compilation,
    statements,
    results: results.all,
    elapsedTime: seconds,
    args,
  })
}
