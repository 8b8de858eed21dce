import type { ErrorCode } from '../../errors/catalogue.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** What failed, as messages name it. */
export interface Failed {
  readonly resource_type: string
  readonly name: string
  readonly original_file_path: string
}

/** What statements and connections may run into; other failures of a node are in its templates or its configuration. */
const AT_RUN_TIME: ReadonlySet<ErrorCode> = new Set([
  'WW3001',
  'WW3002',
  'WW3003',
  'WW3004',
  'WW3006',
  'WW3007',
  'WW3009',
  'WW5002',
  'WW5003',
])

/** Why a node failed, in the form in which dbt writes it: the class of the error, the node, and the message indented below. */
export function failureMessage(error: unknown, node: Failed, engine: 'duckdb' | 'postgres'): string {
  const message = error instanceof Error ? error.message : String(error)
  const place = `in ${node.resource_type} ${node.name} (${node.original_file_path})`
  return [`${classOf(error, engine)} ${place}`, ...message.split('\n')].join('\n  ')
}

function classOf(error: unknown, engine: 'duckdb' | 'postgres'): string {
  if (!(error instanceof WaterworksError)) return 'Runtime Error'
  if (error.code === 'WW3001' && engine === 'postgres') return 'Database Error'
  return AT_RUN_TIME.has(error.code) ? 'Runtime Error' : 'Compilation Error'
}
