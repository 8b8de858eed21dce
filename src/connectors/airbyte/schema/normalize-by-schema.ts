import { isJsonObject, type Json, type JsonObject, member, put } from '../../../api-manifest/json.ts'
import { jsonText } from '../../records/sorted-json.ts'

const TRUE = /^(?:y|yes|t|true|on|1)$/i
const FALSE = /^(?:n|no|f|false|off|0)$/i

/** A record whose values are read as the types of its schema where they can be; others stay what they are. */
export function normalizeBySchema(record: JsonObject, schema: JsonObject): JsonObject {
  const value = normalize(record, schema)
  return isJsonObject(value) ? value : record
}

function normalize(value: Json, schema: Json | undefined): Json {
  if (!isJsonObject(schema)) return value
  const types = [member(schema, 'type') ?? []].flat().filter((type) => typeof type === 'string')
  if (value === null || (types.length === 0 && !isJsonObject(member(schema, 'properties')))) return value
  if (Array.isArray(value))
    return types.includes('array')
      ? value.map((item) => normalize(item, member(schema, 'items')))
      : scalar(value, types)
  if (!isJsonObject(value)) return scalar(value, types)
  const properties = member(schema, 'properties')
  if (!isJsonObject(properties)) return types.includes('object') ? value : scalar(value, types)
  const result: JsonObject = {}
  for (const [key, item] of Object.entries(value)) put(result, key, normalize(item, member(properties, key)))
  return result
}

function scalar(value: Json, types: readonly string[]): Json {
  if (types.some((type) => isOf(value, type))) return value
  for (const type of types) {
    const cast = castTo(value, type)
    if (cast !== undefined) return cast
  }
  return value
}

function isOf(value: Json, type: string): boolean {
  switch (type) {
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value)
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'string':
    case 'boolean':
      return typeof value === type
    case 'object':
      return isJsonObject(value)
    case 'array':
      return Array.isArray(value)
    default:
      return false
  }
}

function castTo(value: Json, type: string): Json | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'object' ? jsonText(value) : String(value)
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
      return Number.isFinite(number) ? number : undefined
    }
    case 'integer':
      return typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : undefined
    case 'boolean':
      return TRUE.test(String(value)) ? true : FALSE.test(String(value)) ? false : undefined
    case 'array':
      return isJsonObject(value) ? undefined : [value]
    default:
      return undefined
  }
}
