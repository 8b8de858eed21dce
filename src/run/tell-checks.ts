import type { CheckResult } from '../quality/check.ts'
import type { RunContext } from './run-context.ts'

/** Tells how the checks of a node went. A pipeline's own gates, which are no nodes, have its id in theirs. */
export function tellChecks(
  node: string,
  results: readonly CheckResult[],
  { events, graph, runId }: RunContext,
): void {
  for (const { id, name, status, failures, message, seconds } of results) {
    events.emit({
      type: 'check-finished',
      runId,
      at: new Date().toISOString(),
      check: id ?? `${node}/${name}`,
      node,
      fingerprint: id === undefined ? undefined : graph.nodes.get(id)?.fingerprint,
      status,
      failures,
      message,
      seconds,
    })
  }
}
