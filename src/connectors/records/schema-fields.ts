import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Field, LogicalType } from '../../batch/logical-type.ts'

/** The fields that a JSON schema declares, in its order. */
export function schemaFields(schema: JsonObject | undefined): readonly Field[] {
  const properties = schema === undefined ? undefined : member(schema, 'properties')
  if (!isJsonObject(properties)) return []
  return Object.entries(properties).map(([name, property]) => ({ name, type: typeOf(property) }))
}

/** One type beside null is that type; several are JSON, unless they are kinds of numbers. */
function typeOf(property: Json): LogicalType {
  if (!isJsonObject(property)) return { kind: 'json' }
  const alternatives = member(property, 'oneOf') ?? member(property, 'anyOf')
  if (Array.isArray(alternatives)) return alternativeOf(alternatives)
  const types = [member(property, 'type') ?? []].flat().filter((type) => type !== 'null')
  const [type] = types
  if (types.length > 1) {
    return types.every((each) => each === 'integer' || each === 'number')
      ? { kind: 'float64' }
      : { kind: 'json' }
  }
  switch (type) {
    case 'integer':
      return { kind: 'int64' }
    case 'number':
      return member(property, 'airbyte_type') === 'integer' ? { kind: 'int64' } : { kind: 'float64' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'string':
      return textType(property)
    default:
      return { kind: 'json' }
  }
}

function alternativeOf(alternatives: readonly Json[]): LogicalType {
  const types = alternatives.map(typeOf).filter((_, index) => !isNull(alternatives[index]))
  const [first] = types
  const isOne = first !== undefined && types.every(({ kind }) => kind === first.kind)
  return isOne ? first : { kind: 'json' }
}

function isNull(property: Json | undefined): boolean {
  return isJsonObject(property) && member(property, 'type') === 'null'
}

function textType(property: JsonObject): LogicalType {
  switch (member(property, 'format')) {
    case 'date':
      return { kind: 'date' }
    case 'date-time':
      return {
        kind: member(property, 'airbyte_type') === 'timestamp_without_timezone' ? 'timestamp' : 'timestamptz',
      }
    default:
      return { kind: 'text' }
  }
}
