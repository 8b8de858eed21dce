import type { Json, JsonObject } from '../../../api-manifest/json.ts'
import { put } from '../../../api-manifest/json.ts'
import { sortedJson } from '../../records/sorted-json.ts'
import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'
import type { StreamSlice } from '../stream-slice.ts'

/** Several partitions of another router as one, each value a list. */
export const groupingPartitionRouter: ComponentType<'partition router'> = {
  type: 'GroupingPartitionRouter',
  make(definition, builder) {
    const size = definition.integer('group_size') ?? 1
    const dedupes = !definition.has('deduplicate') || definition.boolean('deduplicate')
    const inner = builder.make('partition router', definition.child('underlying_partition_router'))
    return {
      async *slices() {
        let group: StreamSlice[] = []
        const seen = new Set<string>()
        for await (const slice of inner.slices()) {
          const names = Object.keys(slice.partition).filter((name) => name !== 'parent_slice')
          if (names.length !== 1) throw definition.problem('it groups partitions of one value only')
          const value = sortedJson(slice.partition[names[0]!] ?? null)
          if (dedupes && seen.has(value)) continue
          seen.add(value)
          group.push(slice)
          if (group.length < size) continue
          yield joined(group)
          group = []
        }
        if (group.length > 0) yield joined(group)
      },
      parts: () => NO_PARTS,
      parentState: () => inner.parentState(),
    }
  },
}

function joined(group: readonly StreamSlice[]): StreamSlice {
  return {
    partition: listed(group.map(({ partition }) => partition)),
    cursor: {},
    extra: listed(group.map(({ extra }) => extra)),
  }
}

function listed(objects: readonly JsonObject[]): JsonObject {
  const result: JsonObject = {}
  for (const name of new Set(objects.flatMap((object) => Object.keys(object)))) {
    put(
      result,
      name,
      objects.map((object): Json => object[name] ?? null),
    )
  }
  return result
}
