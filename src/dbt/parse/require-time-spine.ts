import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import type { ManifestSemanticModel } from '../manifest/manifest-semantics.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'

/** A model of this name is a time spine by days without saying so. */
const SPINE_BY_NAME = 'metricflow_time_spine'
const AS_FINE_AS_DAYS: ReadonlySet<unknown> = new Set([
  ...['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour', 'day'],
])

/** Notes WW1220 where there are semantic models and no model with a row for every day. */
export function requireTimeSpine(
  semanticModels: readonly ManifestSemanticModel[],
  nodes: readonly ManifestNode[],
  { diagnostics }: ParseScope,
  parsed: ParsedNodes,
): void {
  const [first] = semanticModels
  if (first === undefined || nodes.some(isTimeSpine)) return
  diagnostics.error(
    new WaterworksError('WW1220', {
      message: 'The semantic models of the project need a time spine by days or finer, and there is none.',
      location: parsed.locationOf(first.unique_id),
    }),
  )
}

function isTimeSpine(node: ManifestNode): boolean {
  if (node.resource_type !== 'model') return false
  if (node.name === SPINE_BY_NAME) return true
  const column = node.time_spine?.['standard_granularity_column']
  return Object.values(node.columns).some(
    ({ name, granularity }) => name === column && AS_FINE_AS_DAYS.has(granularity),
  )
}
