import { isJsonObject, type Json, type JsonObject, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { valueAt } from '../json-path.ts'
import { WHOLE_STREAM } from '../stream-slice.ts'

const TYPES: Readonly<Record<string, JsonObject>> = {
  string: { type: ['null', 'string'] },
  boolean: { type: ['null', 'boolean'] },
  date: { type: ['null', 'string'], format: 'date' },
  timestamp_without_timezone: {
    type: ['null', 'string'],
    format: 'date-time',
    airbyte_type: 'timestamp_without_timezone',
  },
  timestamp_with_timezone: {
    type: ['null', 'string'],
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
  },
  time_without_timezone: { type: ['null', 'string'] },
  time_with_timezone: { type: ['null', 'string'] },
  integer: { type: ['null', 'integer'] },
  number: { type: ['null', 'number'] },
  array: { type: ['null', 'array'] },
  object: { type: ['null', 'object'] },
}

/** A schema that the source tells: a field and its type for each property it lists. */
export const dynamicSchemaLoader: ComponentType<'schema loader'> = {
  type: 'DynamicSchemaLoader',
  make(definition, builder) {
    const identifier = definition.child('schema_type_identifier')
    const retriever = builder.withStream(undefined).make('retriever', definition.child('retriever'))
    const transformations = definition
      .children('schema_transformations')
      .map((each) => builder.make('transformation', each))
    const filter = definition.optionalChild('schema_filter')
    const wanted = filter && builder.make('record filter', filter)
    const [schemaPath, keyPath, typePath] = ['schema_pointer', 'key_pointer', 'type_pointer'].map((field) =>
      identifier.expressions(field).map((segment) => segment.text()),
    )
    return {
      async load() {
        const properties: JsonObject = {}
        for await (const record of retriever.read(WHOLE_STREAM)) {
          const listed = valueAt(record, schemaPath!) ?? []
          for (const property of Array.isArray(listed) ? listed : [listed]) {
            const key = valueAt(property, keyPath!)
            if (key === undefined || key === null || !isJsonObject(property)) continue
            const type = typePath!.length === 0 ? 'string' : (valueAt(property, typePath!) ?? 'string')
            put(properties, String(key), typeOf(identifier, type, property))
          }
          // One response describes all there is.
          break
        }
        for (const transformation of transformations) transformation.transform(properties, WHOLE_STREAM)
        const kept = Object.entries(properties).filter(
          ([name, property]) => wanted?.accepts({ [name]: property }, WHOLE_STREAM, undefined) ?? true,
        )
        return { type: 'object', properties: Object.fromEntries(kept) }
      },
    }
  },
}

function typeOf(identifier: Definition, type: Json, property: JsonObject): Json {
  for (const mapping of identifier.children('types_mapping')) {
    const current = mapping.get('current_type')
    const matches = Array.isArray(current) ? current.includes(type) : current === type
    if (!matches || mapping.condition('condition')?.isMet({ raw_schema: property }) === false) continue
    const target = mapping.get('target_type') ?? 'string'
    return schemaType(Array.isArray(target) ? (target[0] ?? 'string') : target)
  }
  return schemaType(type)
}

function schemaType(type: Json): Json {
  if (isJsonObject(type)) return TYPES[String(type['field_type'])] ?? { type: ['null', 'string'] }
  return TYPES[String(type)] ?? { type: ['null', 'string'] }
}
