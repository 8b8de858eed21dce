import { NO_PARTS } from '../roles/request-parts.ts'
import type { PartitionRouter } from '../roles/roles.ts'
import { WHOLE_STREAM } from '../stream-slice.ts'

/** A stream that is one partition. */
export const singlePartition: PartitionRouter = Object.freeze({
  async *slices() {
    yield WHOLE_STREAM
  },
  parts: () => NO_PARTS,
  parentState: () => ({}),
})
