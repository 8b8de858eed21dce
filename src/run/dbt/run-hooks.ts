import { runHook } from '../../dbt/runtime/run-hook.ts'
import type { OperationNode } from '../../graph/node.ts'
import type { NodeReport } from '../node-report.ts'
import type { RunContext } from '../run-context.ts'
import { connectionFor } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

/**
 * Runs the hooks of a project and its packages that come before or after everything else, one after another, each
 * committed on its own. The first that fails ends them; its error is its report.
 */
export async function runHooks(
  when: 'on-run-start' | 'on-run-end',
  given: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<readonly NodeReport[]> {
  const hooks = [...context.graph.nodes.values()]
    .filter((node) => node.kind === 'operation')
    .filter(({ manifest }) => manifest.tags.includes(when))
    .toSorted((a, b) => a.manifest.index - b.manifest.index)
  const reports: NodeReport[] = []
  for (const hook of hooks) {
    const report = await runOne(hook, given, context)
    reports.push(report)
    if (report.status === 'failed') break
  }
  return reports
}

async function runOne(
  hook: OperationNode,
  given: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<NodeReport> {
  const { dbt } = context
  const started = performance.now()
  const base = { node: hook.uniqueId, rows: 0, ledger: undefined, checks: [], published: [] }
  const seconds = () => (performance.now() - started) / 1000
  try {
    await dbt.journal.timed(hook.uniqueId, 'execute', () =>
      context.sessions.use(async (session) => {
        const connection = connectionFor(hook.uniqueId, session, true, dbt)
        const file = { path: hook.path, text: hook.manifest.raw_code }
        const answer = await runHook(
          dbt.parsed.renderer,
          file,
          nodeRequest(hook.manifest, connection, dbt),
          given,
        )
        await connection.commit()
        if (answer) {
          const { code, rowsAffected } = answer
          dbt.journal.answered(hook.uniqueId, { message: code, code, rowsAffected })
        }
      }),
    )
    return { ...base, status: 'success', seconds: seconds(), message: '' }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ...base, status: 'failed', seconds: seconds(), message }
  }
}
