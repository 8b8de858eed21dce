import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import type { Journal, JournalEntry } from '../../run/dbt/journal.ts'
import type { RunReport } from '../../run/run-report.ts'
import { compilationOf } from './compilation-of.ts'
import type { NodeResults } from './node-results.ts'
import { writeRunArtifacts } from './run-artifacts.ts'
import type { Workspace } from './workspace.ts'

/**
 * Leaves dbt's artifacts of a run in the target folder, for a project that has dbt's files: what was run, with the code
 * that was compiled and what was sent for it.
 */
export async function leaveArtifacts(
  { graph, project, parsed, target, runId, now, env }: Workspace,
  command: string,
  results: NodeResults,
  { seconds }: RunReport,
  { entries }: Journal,
): Promise<void> {
  if (Object.keys(graph.manifest.nodes).length === 0) return
  const compilation = new Map<string, CompiledNode>(compilationOf(graph))
  const statements = new Map<string, string>()
  for (const [id, { compiled, sent }] of entries) {
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
    results: results.all.map((result) => withAnswer(result, entries.get(result.uniqueId))),
    elapsedTime: seconds,
    args: { which: command },
  })
}

/** A result with what the warehouse answered, and the times of its parts. */
function withAnswer(result: NodeResult, entry: JournalEntry | undefined): NodeResult {
  if (entry === undefined) return result
  const { response, timing } = entry
  const timed = timing.length === 0 ? result : { ...result, timing }
  if (response === undefined || result.status !== 'success') return timed
  const { message, code, rowsAffected } = response
  const adapterResponse = { _message: message, ...(code === '' ? {} : { code }), rows_affected: rowsAffected }
  return { ...timed, message, adapterResponse }
}
