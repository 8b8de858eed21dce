import type { Json } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { valueAt, valuesAt } from '../json-path.ts'
import { jsonDecoder } from './json-decoder.ts'

/** The records at a path of the body: the items of a list, or the one value there. */
export const dpathExtractor: ComponentType<'extractor'> = {
  type: 'DpathExtractor',
  make(definition, builder) {
    if (definition.has('record_expander')) throw definition.problem('"record_expander" is not there yet')
    const path = definition.expressions('field_path')
    const decoder = builder.decoder ?? jsonDecoder.make(definition, builder)
    return {
      async *extract(response) {
        const segments = path.map((segment) => segment.text())
        for await (const body of decoder.decode(response)) {
          const found =
            segments.includes('*') || segments.includes('**') ? valuesAt(body, segments) : one(body, segments)
          if (Array.isArray(found)) yield* found
          else if (isSomething(found)) yield found
        }
      },
    }
  },
}

function one(body: Json, segments: readonly string[]): Json {
  return segments.length === 0 ? body : (valueAt(body, segments) ?? [])
}

/** Python's bool(), for what is no list. */
function isSomething(value: Json): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}
