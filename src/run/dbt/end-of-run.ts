import type { NodeReport } from '../node-report.ts'
import type { RunContext } from '../run-context.ts'

/** What hooks of on-run-end know of the run: results as dbt's RunResult has them, and where they were written. */
export function endOfRun(
  reports: readonly NodeReport[],
  { graph, dbt }: RunContext,
): Readonly<Record<string, unknown>> {
  const places = new Map<string, readonly [string, string]>()
  const results = reports.flatMap(({ node: id, status, seconds, message }) => {
    const node = dbt.parsed.manifest.nodes[id]
    if (node === undefined) return []
    if (node.resource_type !== 'test' && node.resource_type !== 'operation' && status !== 'skipped') {
      places.set(`${node.database}.${node.schema}`, [node.database, node.schema])
    }
    const kind = graph.nodes.get(id)?.kind
    const told =
      status === 'failed' ? (kind === 'check' ? 'fail' : 'error') : kind === 'check' ? 'pass' : status
    return [
      {
        node,
        unique_id: id,
        status: told,
        message,
        execution_time: seconds,
        failures: null,
        adapter_response: {},
      },
    ]
  })
  const databaseSchemas = [...places.values()]
  return {
    results,
    schemas: [...new Set(databaseSchemas.map(([, schema]) => schema))],
    database_schemas: databaseSchemas,
  }
}
