import type { JsonObject } from '../../../api-manifest/json.ts'
import { sortedJson } from '../../records/sorted-json.ts'
import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** The partitions of several routers, each value once. */
export const unionPartitionRouter: ComponentType<'partition router'> = {
  type: 'UnionPartitionRouter',
  make(definition, builder) {
    const routers = definition
      .children('partition_routers')
      .map((each) => builder.make('partition router', each))
    const field = definition.text('partition_field')
    return {
      async *slices() {
        const seen = new Set<string>()
        for (const router of routers) {
          for await (const { partition, extra } of router.slices()) {
            const { [field]: value, ...others } = partition
            if (value === undefined) throw definition.problem(`a partition has no "${field}"`)
            const key = sortedJson(value)
            if (seen.has(key)) continue
            seen.add(key)
            yield { partition: { [field]: value }, cursor: {}, extra: { ...extra, ...others } }
          }
        }
      },
      parts: () => NO_PARTS,
      parentState() {
        const state: JsonObject = {}
        for (const router of routers) Object.assign(state, router.parentState())
        return state
      },
    }
  },
}
