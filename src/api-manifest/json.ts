/** A value of JSON. Whole numbers that a double cannot hold are bigints. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject

export interface JsonObject {
  [key: string]: Json
}

/** Whether a value of JSON is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A document from outside, such as what a YAML parser gives, as JSON: dates as ISO 8601 text, keys as text. Throws
 * TypeError for what JSON has no word for.
 */
export function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigint':
      return value
    case 'undefined':
      return null
    case 'object':
      break
    default:
      throw new TypeError(`a ${typeof value} is no value of JSON`)
  }
  if (value === null) return null
  if (value instanceof Date) return isoText(value)
  if (Array.isArray(value)) return value.map(toJson)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
}

/** A copy that shares nothing with what it was made of. */
export function copyJson<T extends Json>(value: T): T
export function copyJson(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => copyJson(item))
  if (!isJsonObject(value)) return value
  const copy: JsonObject = {}
  for (const [key, item] of Object.entries(value)) put(copy, key, copyJson(item))
  return copy
}

/** Sets a key that may be called `__proto__`. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  } else object[key] = value
}

/** A value of an object's own, undefined when it has none of that name. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isoText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}
