import type { Json } from '../../api-manifest/json.ts'

/** JSON without spaces, the keys of every object in order: equal texts for equal values. */
export function sortedJson(value: Json): string {
  return write(value, true)
}

/** JSON as an API is sent it; whole numbers beyond a double's precision keep their digits. */
export function jsonText(value: Json): string {
  return write(value, false)
}

function write(value: Json, sorted: boolean): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => write(item, sorted)).join(',')}]`
  const entries = Object.entries(value)
  const ordered = sorted ? entries.toSorted(([a], [b]) => (a < b ? -1 : 1)) : entries
  return `{${ordered.map(([key, item]) => `${JSON.stringify(key)}:${write(item, sorted)}`).join(',')}}`
}
