import type { Json } from '../../api-manifest/json.ts'

/** The first of what a decoder gives; an empty object when it gives nothing. */
export async function firstValue(values: AsyncIterable<Json> | Iterable<Json>): Promise<Json> {
  for await (const value of values) return value
  return {}
}
