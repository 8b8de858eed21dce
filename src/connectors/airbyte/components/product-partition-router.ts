import type { JsonObject } from '../../../api-manifest/json.ts'
import { mergeParts } from '../roles/merge-parts.ts'
import type { PartitionRouter } from '../roles/roles.ts'
import type { StreamSlice } from '../stream-slice.ts'

/** A partition for each combination of those of several routers. */
export function productOf(routers: readonly PartitionRouter[]): PartitionRouter {
  return {
    async *slices() {
      const [first, ...others] = routers
      if (first === undefined) return
      // The first is read as it comes; the others are gone through for each of its partitions.
      const lists: StreamSlice[][] = []
      for (const router of others) {
        const slices: StreamSlice[] = []
        for await (const slice of router.slices()) slices.push(slice)
        lists.push(slices)
      }
      for await (const slice of first.slices()) yield* combinations(slice, lists)
    },
    parts: (slice) => mergeParts(routers.map((router) => router.parts(slice))),
    parentState() {
      const state: JsonObject = {}
      for (const router of routers) Object.assign(state, router.parentState())
      return state
    },
  }
}

function* combinations(
  slice: StreamSlice,
  lists: readonly (readonly StreamSlice[])[],
): Generator<StreamSlice> {
  const [first, ...others] = lists
  if (first === undefined) {
    yield slice
    return
  }
  for (const other of first) {
    // Of one name the earlier router's value goes.
    const joined = {
      partition: { ...other.partition, ...slice.partition },
      cursor: {},
      extra: { ...other.extra, ...slice.extra },
    }
    yield* combinations(joined, others)
  }
}
