import { isJsonObject, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Builder } from './builder.ts'
import { productOf } from './components/product-partition-router.ts'
import { singlePartition } from './components/single-partition-router.ts'
import { countCursor } from './cursor/count-cursor.ts'
import type { Cursor } from './cursor/cursor.ts'
import { datetimeCursors } from './cursor/datetime-cursor.ts'
import { PartitionCursor } from './cursor/partition-cursor.ts'
import { WholeCursor } from './cursor/whole-cursor.ts'
import type { Definition } from './definition.ts'
import type { DeclarativeStream, PartitionRouter } from './roles/roles.ts'
import { schemaOf } from './schema/schema-of.ts'
import { addDuration, parseDuration } from './time/duration.ts'
import { nowInUtc } from './time/iso-datetime.ts'

/** Makes a stream of a manifest's DeclarativeStream, to go on from a state. */
export function makeStream(definition: Definition, outer: Builder, given: JsonObject): DeclarativeStream {
  if (definition.type === 'StateDelegatingStream')
    return makeStream(delegate(definition, outer, given), outer, given)
  if (definition.type !== 'DeclarativeStream') throw definition.missing('stream')
  if (definition.has('file_uploader')) throw definition.problem('"file_uploader" is not there yet')
  const state = migrated(definition, outer, given)
  const builder = outer.withState(state).withStream(undefined)
  const retriever = definition.child('retriever')
  const sync = definition.optionalChild('incremental_sync')
  const cursor = cursorOf(sync, retriever, builder, state)
  const name = definition.optionalText('name') ?? ''
  const schema = once(() => schemaOf(definition, builder))
  const around = {
    name,
    cursor,
    schema,
    transformations: definition
      .children('transformations')
      .map((each) => builder.make('transformation', each)),
    isDataFeed: sync?.boolean('is_data_feed') ?? false,
    isFilteredHere: sync?.boolean('is_client_side_incremental') ?? false,
  }
  return {
    name,
    primaryKey: primaryKeyOf(definition),
    cursor,
    schema,
    retriever: builder.withStream(around).make('retriever', retriever),
  }
}

/** Of the two streams that it stands for: one for a first read, another for those that go on. */
function delegate(definition: Definition, builder: Builder, state: JsonObject): Definition {
  const isFirst = Object.keys(state).length === 0 || isForgotten(definition, builder, state)
  const field = isFirst ? 'full_refresh_stream' : 'incremental_stream'
  const own = definition.child(field)
  return own.at({ ...own.data, name: definition.text('name') })
}

/** Whether the API no longer tells what has happened since the state. */
function isForgotten(definition: Definition, builder: Builder, state: JsonObject): boolean {
  const text = definition.optionalExpression('api_retention_period')?.text()
  const sync = definition.child('incremental_stream').optionalChild('incremental_sync')
  if (text === undefined || text === '' || sync?.type !== 'DatetimeBasedCursor') return false
  const period = parseDuration(text)
  if (period === undefined) throw definition.problem('"api_retention_period" is no ISO 8601 duration')
  const { field, axis } = datetimeCursors(sync, builder)
  const shared = member(state, 'state')
  const known = member(isJsonObject(shared) ? shared : state, field)
  const value = known === undefined ? undefined : axis.parse(known)
  return value === undefined || value.micros < addDuration(nowInUtc(), period, -1).micros
}

function migrated(definition: Definition, builder: Builder, given: JsonObject): JsonObject {
  const around = builder.withState(given)
  return definition
    .children('state_migrations')
    .reduce(
      (state, each) =>
        around.make('state migration', each.at({ ...each.data, stream: definition.data })).migrate(state),
      given,
    )
}

function cursorOf(
  sync: Definition | undefined,
  retriever: Definition,
  builder: Builder,
  state: JsonObject,
): Cursor {
  const router = routerOf(retriever, builder)
  if (sync === undefined) return new WholeCursor(router)
  if (sync.type === 'IncrementingCountCursor') {
    if (router !== singlePartition)
      throw sync.problem('it goes along whole streams, and this one has partitions')
    return countCursor(sync, builder, state)
  }
  if (sync.type !== 'DatetimeBasedCursor') throw sync.missing('cursor')
  const { field, axis, make } = datetimeCursors(sync, builder)
  if (router === singlePartition) return make(state)
  const isGlobal =
    sync.boolean('global_substream_cursor') ||
    retriever.children('partition_router')[0]?.type === 'GroupingPartitionRouter'
  return new PartitionCursor(
    {
      router,
      field,
      inner: make,
      isGlobal,
      normalize(value) {
        const parsed = axis.parse(value)
        return parsed && axis.format(parsed)
      },
    },
    state,
  )
}

function routerOf(retriever: Definition, builder: Builder): PartitionRouter {
  const written = retriever.get('partition_router')
  if (written === undefined || (Array.isArray(written) && written.length === 0)) return singlePartition
  const routers = retriever.children('partition_router').map((each) => builder.make('partition router', each))
  return Array.isArray(written) ? productOf(routers) : (routers[0] ?? singlePartition)
}

/** A key of one field, of several, or of fields that are nested; of the last only the top is a column. */
function primaryKeyOf(definition: Definition): readonly string[] {
  const key = definition.get('primary_key')
  if (key === undefined || key === '') return []
  return (Array.isArray(key) ? key : [key]).flatMap((part) => {
    if (Array.isArray(part)) return part.slice(0, 1).map(String)
    return isJsonObject(part) || part === null ? [] : [String(part)]
  })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
