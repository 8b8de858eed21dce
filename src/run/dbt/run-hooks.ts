import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import { runHook } from '../../dbt/runtime/run-hook.ts'
import type { OperationNode } from '../../graph/node.ts'
import type { NodeReport } from '../node-report.ts'
import type { RunContext } from '../run-context.ts'
import { connectionFor } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

/**
 * Runs the hooks of a project and its packages that come before or after everything else, one after another, each
 * committed on its own; the project's own come first. After one that fails the others are skipped; its error is its report.
 */
export async function runHooks(
  when: 'on-run-start' | 'on-run-end',
  given: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<readonly NodeReport[]> {
  const hooks = hooksOf(when, context)
  const reports: NodeReport[] = []
  let isFailed = false
  for (const [index, hook] of hooks.entries()) {
    const name = `${hook.manifest.package_name}.${when}.${index}`
    const report: NodeReport = isFailed ? left(hook) : await runOne(hook, given, context)
    reports.push(report)
    context.dbt.results.add(resultOf(report, name, context))
    isFailed = report.status !== 'success'
  }
  return reports
}

function hooksOf(when: string, { graph, dbt }: RunContext): readonly OperationNode[] {
  const { projectName } = dbt.parsed.renderer.settings
  const isOwn = (hook: OperationNode) => Number(hook.manifest.package_name === projectName)
  return [...graph.nodes.values()]
    .filter((node) => node.kind === 'operation')
    .filter(({ manifest }) => manifest.tags.includes(when))
    .toSorted(
      (a, b) =>
        isOwn(b) - isOwn(a) ||
        a.manifest.package_name.localeCompare(b.manifest.package_name) ||
        a.manifest.index - b.manifest.index,
    )
}

async function runOne(
  hook: OperationNode,
  given: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<NodeReport> {
  const { dbt } = context
  const started = performance.now()
  const base = untouched(hook)
  const seconds = () => (performance.now() - started) / 1000
  try {
    await dbt.journal.timed(hook.uniqueId, 'execute', () =>
      context.sessions.use(async (session) => {
        const connection = connectionFor(hook.uniqueId, session, true, dbt)
        const file = { path: hook.path, text: hook.manifest.raw_code }
        const compiled = (code: string) =>
          dbt.journal.compiled(hook.uniqueId, { code, extraCtes: [], macros: [] })
        const request = nodeRequest(hook.manifest, connection, dbt)
        await runHook(dbt.parsed.renderer, file, request, { given, compiled })
        await connection.commit()
      }),
    )
    return { ...base, status: 'success', seconds: seconds(), message: '' }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ...base, status: 'failed', seconds: seconds(), message }
  }
}

function left(hook: OperationNode): NodeReport {
  return { ...untouched(hook), status: 'skipped', seconds: 0, message: 'a hook before it failed' }
}

function untouched(hook: OperationNode): Omit<NodeReport, 'status' | 'seconds' | 'message'> {
  return { node: hook.uniqueId, rows: 0, ledger: undefined, checks: [], published: [] }
}

/** A hook as dbt tells of it: a failure counts as one. */
function resultOf(
  { node, status, seconds, message }: NodeReport,
  name: string,
  { dbt }: RunContext,
): NodeResult {
  const base = {
    uniqueId: node,
    timing: dbt.journal.entries.get(node)?.timing ?? [],
    threadId: 'main',
    executionTime: seconds,
    adapterResponse: {},
  }
  if (status === 'success') return { ...base, status, message: `${name} passed`, failures: 0 }
  if (status === 'skipped') return { ...base, status, message: `${name} skipped`, failures: 1 }
  return { ...base, status: 'error', message: `${name} failed, error:\n ${message}`, failures: 1 }
}
