import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import { dataObject } from '../../dbt/context/data-object.ts'
import { DatetimeValue } from '../../dbt/python/datetime-value.ts'
import { utc } from '../../dbt/python/time-zone.ts'
import type { DbtWork } from './dbt-work.ts'

const BUILT: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot'])
const FAILED: ReadonlySet<string> = new Set(['error', 'fail', 'skipped'])

/**
 * What hooks of on-run-end know of the run: results as dbt's RunResult has them, without hooks that went well, and where
 * something was written.
 */
export function endOfRun({ parsed, results }: DbtWork): Readonly<Record<string, unknown>> {
  const { nodes, unit_tests: unitTests, exposures, saved_queries: queries } = parsed.manifest
  const places = new Map<string, readonly [string, string]>()
  for (const { uniqueId, status } of results.all) {
    const node = nodes[uniqueId]
    if (node === undefined || !BUILT.has(node.resource_type) || FAILED.has(status)) continue
    places.set(`${node.database}.${node.schema}`, [node.database, node.schema])
  }
  const databaseSchemas = [...places.values()]
  return {
    results: results.all
      .filter(({ threadId, status }) => threadId !== 'main' || status === 'error')
      .flatMap((result) => {
        const id = result.uniqueId
        const node = nodes[id] ?? unitTests[id] ?? exposures[id] ?? queries[id]
        return node === undefined ? [] : [runResult(result, { ...node })]
      }),
    schemas: [...new Set(databaseSchemas.map(([, schema]) => schema))],
    database_schemas: databaseSchemas,
  }
}

function runResult(result: NodeResult, node: Readonly<Record<string, unknown>>): unknown {
  const fields = {
    unique_id: result.uniqueId,
    status: result.status,
    thread_id: result.threadId,
    execution_time: result.executionTime,
    adapter_response: result.adapterResponse,
    message: result.message,
    failures: result.failures,
    batch_results: null,
  }
  const timing = result.timing.map(({ name, startedAt, completedAt }) => {
    const moment = (date: Date) => DatetimeValue.at(date.getTime(), utc)
    const texts = { name, started_at: startedAt.toISOString(), completed_at: completedAt.toISOString() }
    const moments = { name, started_at: moment(startedAt), completed_at: moment(completedAt) }
    return { texts, object: dataObject('TimingInfo', moments, texts) }
  })
  return dataObject(
    'RunResult',
    { ...fields, timing: timing.map(({ object }) => object), node: dataObject('node', node) },
    { ...fields, timing: timing.map(({ texts }) => texts), node },
  )
}
