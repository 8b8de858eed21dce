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
        const isPlain = !segments.includes('*') && !segments.includes('**')
        const items = isPlain ? decoder.items?.(response, segments) : undefined
        if (items !== undefined && (yield* segments.length === 0 ? flattened(items) : items)) return
        for await (const body of decoder.decode(response)) {
          yield* recordsOf(isPlain ? one(body, segments) : valuesAt(body, segments))
        }
      },
    }
  },
}

/** A list that is the whole body is decoded item by item. */
function* flattened(items: Generator<Json, boolean>): Generator<Json, boolean> {
  for (;;) {
    const { done, value } = items.next()
    if (done === true) return value
    yield* recordsOf(value)
  }
}

function* recordsOf(found: Json): Generator<Json> {
  if (Array.isArray(found)) yield* found
  else if (isSomething(found)) yield found
}

function one(body: Json, segments: readonly string[]): Json {
  return segments.length === 0 ? body : (valueAt(body, segments) ?? [])
}

/** Python's bool(), for what is no list. */
function isSomething(value: Json): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}
