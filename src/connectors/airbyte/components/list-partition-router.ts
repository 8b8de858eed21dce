import type { Json } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { NO_PARTS, partsOf } from '../roles/request-parts.ts'

/** A partition for each value of a list. */
export const listPartitionRouter: ComponentType<'partition router'> = {
  type: 'ListPartitionRouter',
  make(definition, builder) {
    const written = definition.get('values') ?? []
    const values = typeof written === 'string' ? definition.expression('values').json() : written
    if (!Array.isArray(values)) throw definition.problem('"values" must be a list')
    const field = definition.expression('cursor_field')
    const option = definition.optionalChild('request_option')
    const place = option && builder.make('request option', option)
    return {
      async *slices() {
        const name = field.text()
        for (const value of values) yield { partition: { [name]: value }, cursor: {}, extra: {} }
      },
      parts({ partition }) {
        const value: Json | undefined = partition[field.text()]
        return value ? partsOf(place, value) : NO_PARTS
      },
      parentState: () => ({}),
    }
  },
}
