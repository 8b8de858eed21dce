import { CUSTOM_TYPES, DEFAULT_TYPES } from './default-types.ts'
import { isJsonObject, type Json, type JsonObject, member, put } from './json.ts'
import type { Origins } from './origins.ts'

const PARAMETERS = '$parameters'

/**
 * A component, and all within it, with the types that go without saying filled in and with the parameters of what it
 * stands in: each is a field of every component below that lacks one of that name, and is kept under `$parameters`.
 * @param place the type and field it stands in, such as `SimpleRetriever.paginator`
 * @param outerGoes whether a parameter of what it stands in goes before one of its own of the same name
 */
export function propagateParameters(
  place: string,
  component: JsonObject,
  outer: JsonObject,
  origins: Origins,
  outerGoes = false,
): JsonObject {
  const result: JsonObject = { ...component }
  origins.inherit(result, component)
  if (member(result, 'type') === undefined) {
    const known = 'class_name' in result ? CUSTOM_TYPES : DEFAULT_TYPES
    const inferred = known[place]
    if (inferred !== undefined) put(result, 'type', inferred)
  }
  const given = member(result, PARAMETERS)
  delete result[PARAMETERS]
  const own = isJsonObject(given) ? given : {}
  const parameters: JsonObject = outerGoes ? { ...own, ...outer } : { ...outer, ...own }
  if (isSchema(result)) return result
  if (member(result, 'type') === undefined) {
    if (Object.values(result).some(hasType)) {
      for (const [key, value] of Object.entries(result)) {
        if (hasType(value))
          put(result, key, propagateParameters(place, value, parameters, origins, outerGoes))
      }
    }
    return result
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (!isTruthy(member(result, name))) put(result, name, value)
  }
  const type = String(result['type'])
  for (const [field, value] of Object.entries(result)) {
    // A parameter of the field's own name is not passed into it: it would hold itself without end.
    const inner = { ...parameters }
    delete inner[field]
    // One that says nothing is passed into no later field either.
    if (!isTruthy(member(parameters, field))) delete parameters[field]
    const below = (item: Json): Json =>
      isJsonObject(item) ? propagateParameters(`${type}.${field}`, item, inner, origins, outerGoes) : item
    put(result, field, Array.isArray(value) ? value.map(below) : below(value))
  }
  if (Object.keys(parameters).length > 0) put(result, PARAMETERS, parameters)
  return result
}

/** A JSON schema's `type` is `object`, a list of types, or a property of that name. */
function isSchema(component: JsonObject): boolean {
  const type = member(component, 'type')
  return type === 'object' || (typeof type === 'object' && type !== null)
}

function hasType(value: Json): value is JsonObject {
  return isJsonObject(value) && isTruthy(member(value, 'type'))
}

/** Python's bool(). */
function isTruthy(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isJsonObject(value)) return Object.keys(value).length > 0
  return Boolean(value)
}
