import { isJsonObject, type Json, type JsonObject, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { replaceRecord } from '../replace-record.ts'

/** Brings nested fields up: by their own name, with what they stood in before it where that name is taken. */
export const flattenFields: ComponentType<'transformation'> = {
  type: 'FlattenFields',
  make(definition) {
    const flattensLists = !definition.has('flatten_lists') || definition.boolean('flatten_lists')
    return { transform: (record) => replaceRecord(record, flattened(record, flattensLists)) }
  },
}

function flattened(record: JsonObject, flattensLists: boolean): JsonObject {
  const result: JsonObject = {}
  const waiting: [Json, string][] = [[record, '_']]
  // Once a list was opened names alone would not tell its items apart.
  let alwaysQualified = false
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, name] = next
    if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        waiting.push([item, alwaysQualified || Object.hasOwn(result, key) ? `${name}.${key}` : key])
      }
    } else if (Array.isArray(value) && flattensLists) {
      for (const [index, item] of value.entries()) {
        alwaysQualified = true
        waiting.push([item, `${name}.${index}`])
      }
    } else put(result, name, value)
  }
  return result
}
