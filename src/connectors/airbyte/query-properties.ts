import { isJsonObject, type Json, type JsonObject, member, put } from '../../api-manifest/json.ts'
import type { Builder } from './builder.ts'
import type { Definition } from './definition.ts'
import { valueAt } from './json-path.ts'
import { type StreamSlice, WHOLE_STREAM } from './stream-slice.ts'

/** Has a page asked for once, or once for each group of the fields that an API wants to be named. */
export interface QueryProperties {
  combine(
    slice: StreamSlice,
    ask: (slice: StreamSlice) => AsyncIterable<JsonObject>,
  ): AsyncIterable<JsonObject>
}

/** The field of a slice that requests find the properties in. */
const FIELD = 'query_properties'

/** What a requester says of properties: those it names, or those an endpoint lists. */
export function queryProperties(requester: Definition, builder: Builder): QueryProperties {
  const definition = definitionOf(requester)
  if (definition === undefined) return { combine: (slice, ask) => ask(slice) }
  if (definition.has('property_selector')) throw definition.problem('"property_selector" is not there yet')
  let known: Promise<readonly (readonly string[])[]> | undefined
  const chunks = () => {
    known ??= propertiesOf(definition, builder).then((all) => chunked(definition, all))
    return known
  }
  const key = mergeKeys(definition)
  return {
    async *combine(slice, ask) {
      const merged = new Map<string, JsonObject>()
      for (const properties of await chunks()) {
        const asked = { ...slice, extra: { ...slice.extra, [FIELD]: [...properties] } }
        for await (const record of ask(asked)) {
          const id = key(record)
          const there = id === undefined ? undefined : merged.get(id)
          if (id === undefined) yield record
          else if (there === undefined) merged.set(id, record)
          else mergeDeep(there, record)
        }
      }
      yield* merged.values()
    },
  }
}

function definitionOf(requester: Definition): Definition | undefined {
  const stated = requester.optionalChild('query_properties')
  if (stated !== undefined) return stated
  const endpoint = requester.object('fetch_properties_from_endpoint')
  if (endpoint !== undefined) return requester.at({ type: 'QueryProperties', property_list: endpoint })
  const parameters = requester.get('request_parameters')
  const found = isJsonObject(parameters ?? null)
    ? Object.values(requester.object('request_parameters') ?? {}).find(
        (value) => isJsonObject(value) && member(value, 'type') === 'QueryProperties',
      )
    : undefined
  return isJsonObject(found) ? requester.at(found) : undefined
}

async function propertiesOf(definition: Definition, builder: Builder): Promise<readonly string[]> {
  const list = definition.get('property_list') ?? []
  if (!isJsonObject(list)) return definition.texts('property_list')
  const endpoint = definition.at(list)
  const path = endpoint.texts('property_field_path')
  const retriever = builder.withStream(undefined).make('retriever', endpoint.child('retriever'))
  const names: string[] = []
  for await (const record of retriever.read(WHOLE_STREAM)) names.push(String(valueAt(record, path) ?? ''))
  return names
}

function chunked(definition: Definition, all: readonly string[]): readonly (readonly string[])[] {
  const always = definition.texts('always_include_properties')
  const chunking = definition.optionalChild('property_chunking')
  if (chunking === undefined) return [[...always, ...all]]
  const limit = chunking.integer('property_limit')
  if (limit === undefined || limit === 0) return [[...all, ...always]]
  const counts = chunking.text('property_limit_type') === 'property_count'
  const chunks: string[][] = [[...always]]
  let size = 0
  for (const property of all) {
    // Between two names stands a comma, escaped.
    const own = counts ? 1 : property.length + 3
    if (size + own > limit) {
      chunks.push([...always])
      size = 0
    }
    chunks.at(-1)!.push(property)
    size += own
  }
  return chunks
}

function mergeKeys(definition: Definition): (record: JsonObject) => string | undefined {
  const chunking = definition.optionalChild('property_chunking')
  if (chunking === undefined) return () => undefined
  const strategy = chunking.optionalChild('record_merge_strategy')
  if (strategy !== undefined && strategy.type !== 'GroupByKeyMergeStrategy')
    throw strategy.missing('merge strategy')
  const keys = strategy?.texts('key') ?? ['id']
  return (record) => {
    const values = keys.map((key) => member(record, key))
    return values.every(Boolean) ? JSON.stringify(values.map(String)) : undefined
  }
}

function mergeDeep(target: JsonObject, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    const there: Json | undefined = member(target, key)
    if (isJsonObject(there) && isJsonObject(value)) mergeDeep(there, value)
    else put(target, key, value)
  }
}
