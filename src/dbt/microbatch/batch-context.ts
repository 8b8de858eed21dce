import type { ManifestNode } from '../manifest/manifest-node.ts'
import { DatetimeValue } from '../python/datetime-value.ts'
import { utc } from '../python/time-zone.ts'
import type { TimeWindow } from '../reading/time-window.ts'
import { batchId } from './batch-time.ts'
import { batchSizeOf } from './batches.ts'

/** `model.batch` of a microbatch model while one of its batches is built. */
export function batchContext(
  model: Pick<ManifestNode, 'name' | 'config'>,
  { start, end }: TimeWindow,
): Readonly<Record<string, unknown>> {
  return {
    id: batchId(start, batchSizeOf(model)),
    event_time_start: DatetimeValue.at(start.getTime(), utc),
    event_time_end: DatetimeValue.at(end.getTime(), utc),
  }
}
