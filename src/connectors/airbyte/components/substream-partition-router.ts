import { isJsonObject, type Json, type JsonObject, member, put } from '../../../api-manifest/json.ts'
import type { Builder, ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { pathOf, valueAt } from '../json-path.ts'
import { mergeParts } from '../roles/merge-parts.ts'
import { NO_PARTS, partsOf, type RequestOption } from '../roles/request-parts.ts'
import type { DeclarativeStream, PartitionRouter } from '../roles/roles.ts'
import type { StreamSlice } from '../stream-slice.ts'

interface Parent {
  readonly definition: Definition
  readonly stream: DeclarativeStream
  readonly key: string
  readonly field: string
  readonly extra: readonly (readonly string[])[]
  readonly option: RequestOption | undefined
  readonly isIncremental: boolean
}

/** A partition for each record of other streams. */
export const substreamPartitionRouter: ComponentType<'partition router'> = {
  type: 'SubstreamPartitionRouter',
  make(definition, builder): PartitionRouter {
    const parents = definition.children('parent_stream_configs').map((each) => parentOf(each, builder))
    if (parents.length === 0) throw definition.problem('"parent_stream_configs" is empty')
    return {
      async *slices() {
        for (const parent of parents) yield* partitionsOf(parent)
      },
      parts: ({ partition }) =>
        mergeParts(
          parents.map(({ option, field }) =>
            partition[field] ? partsOf(option, partition[field]) : NO_PARTS,
          ),
        ),
      parentState() {
        const state: JsonObject = {}
        for (const { stream, isIncremental } of parents) {
          if (isIncremental) put(state, stream.name, stream.cursor.state)
        }
        return state
      },
    }
  },
}

async function* partitionsOf({ stream, key, field, extra }: Parent): AsyncGenerator<StreamSlice> {
  const { cursor, retriever } = stream
  const path = pathOf(key)
  for await (const slice of cursor.slices()) {
    for await (const record of retriever.read(slice)) {
      cursor.observe(record, slice)
      const value = valueAt(record, path)
      // Nothing can be asked about a parent that has no key.
      if (value === undefined || value === null) continue
      yield {
        partition: { [field]: value, parent_slice: slice.partition },
        cursor: {},
        extra: extraFields(record, extra),
      }
    }
    cursor.close(slice)
  }
  cursor.finish()
}

function extraFields(record: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const fields: JsonObject = {}
  for (const path of paths) put(fields, path.join('.'), valueAt(record, path) ?? null)
  return fields
}

function parentOf(definition: Definition, builder: Builder): Parent {
  if (definition.texts('lazy_read_pointer').length > 0) {
    throw definition.problem('"lazy_read_pointer" is not there yet')
  }
  const own = definition.child('stream')
  const option = definition.optionalChild('request_option')
  const isIncremental = definition.boolean('incremental_dependency')
  const state = isIncremental ? parentState(own, builder.state) : {}
  return {
    definition,
    stream: builder.withState(state).makeStream(own.at(cached(own.data)), state),
    key: definition.expression('parent_key').text(),
    field: definition.expression('partition_field').text(),
    extra: extraPaths(definition),
    option: option && builder.make('request option', option),
    isIncremental,
  }
}

function extraPaths(definition: Definition): readonly (readonly string[])[] {
  const given = definition.get('extra_fields') ?? []
  if (!Array.isArray(given)) throw definition.problem('"extra_fields" must be a list of paths')
  return given.map((path) => (Array.isArray(path) ? path : [path]).map(String))
}

/** What the state of a child says of its parent: under the parent's name, else as one value for both. */
function parentState(parent: Definition, state: JsonObject): JsonObject {
  const name = parent.optionalText('name') ?? ''
  const parents = member(state, 'parent_state')
  const own = isJsonObject(parents) ? member(parents, name) : undefined
  if (isJsonObject(own)) return own
  const shared = member(state, 'state')
  if (isJsonObject(shared)) return shared
  const values = Object.values(state)
  const field = parent.optionalChild('incremental_sync')?.optionalExpression('cursor_field')?.text()
  const [value] = values
  const isScalar = typeof value === 'string' || typeof value === 'number'
  return field !== undefined && values.length === 1 && isScalar ? { [field]: value } : {}
}

/** Parents are read by every child: their answers are kept, unless the manifest forbids it. */
function cached(stream: JsonObject): JsonObject {
  const retriever = member(stream, 'retriever')
  const requester: Json | undefined = isJsonObject(retriever) ? member(retriever, 'requester') : undefined
  if (!isJsonObject(retriever) || !isJsonObject(requester) || member(requester, 'use_cache') === false)
    return stream
  return { ...stream, retriever: { ...retriever, requester: { ...requester, use_cache: true } } }
}
