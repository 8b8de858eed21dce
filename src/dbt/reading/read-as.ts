import type { Resolved } from '../context/rendering.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import type { ManifestSource } from '../manifest/manifest-source.ts'
import type { Reading } from './reading.ts'
import { overlap, type TimeWindow, windowCondition } from './time-window.ts'

/** dbt samples what models and snapshots read, and nothing else. */
const SAMPLING: ReadonlySet<string> = new Set(['model', 'snapshot'])

/**
 * What a reference of a node stands for under a reading: another relation, no rows, or those of a time. `batch` is the time of
 * the batch that is built, of a microbatch model.
 */
export function readAs(
  resolved: Resolved,
  found: ManifestNode | ManifestSource,
  reader: Pick<ManifestNode, 'resource_type'>,
  { elsewhere, empty, sample }: Reading,
  batch?: TimeWindow,
): Resolved {
  const relation = elsewhere.get(found.unique_id)
  const time = found.config['event_time']
  const window = batch && sample ? overlap(batch, sample) : (batch ?? sample)
  const isCut = window !== undefined && typeof time === 'string' && SAMPLING.has(reader.resource_type)
  return {
    ...resolved,
    ...(relation && { relation }),
    ...(empty && { limit: 0 }),
    ...(isCut && { where: windowCondition(time, window) }),
  }
}
