import {
  copyJson,
  isJsonObject,
  type Json,
  type JsonObject,
  member,
  put,
  toJson,
} from '../api-manifest/json.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** What a tap offers: its answer to `--discover`, and what it is given back with the choice in it. */
export interface TapCatalog {
  readonly document: JsonObject
  readonly streams: readonly CatalogStream[]
}

/** One stream of a catalog. */
export interface CatalogStream {
  /** What tells it from all others (`tap_stream_id`). */
  readonly id: string
  /** What its messages call it. */
  readonly stream: string
  readonly entry: JsonObject
  /** The properties of its schema, at the top. */
  readonly properties: JsonObject
  readonly keyProperties: readonly string[]
}

/** Throws WW4506 for what is no catalog. */
export function parseCatalog(text: string): TapCatalog {
  let document: Json
  try {
    document = toJson(JSON.parse(text))
  } catch {
    throw new WaterworksError('WW4506', { message: 'the catalog is not JSON' })
  }
  const entries = isJsonObject(document) ? member(document, 'streams') : undefined
  if (!isJsonObject(document) || !Array.isArray(entries)) {
    throw new WaterworksError('WW4506', { message: 'the catalog has no list of "streams"' })
  }
  return { document, streams: entries.map(streamOf) }
}

function streamOf(entry: Json, index: number): CatalogStream {
  const id = isJsonObject(entry) ? (member(entry, 'tap_stream_id') ?? member(entry, 'stream')) : undefined
  if (!isJsonObject(entry) || typeof id !== 'string') {
    throw new WaterworksError('WW4506', { message: `stream ${index + 1} of the catalog has no name` })
  }
  const stream = member(entry, 'stream') ?? id
  const schema = member(entry, 'schema')
  const properties = isJsonObject(schema) ? member(schema, 'properties') : undefined
  const keys = metadataOf(entry, [])
  return {
    id,
    stream: String(stream),
    entry,
    properties: isJsonObject(properties) ? properties : {},
    keyProperties: textsOf(member(keys, 'table-key-properties') ?? member(entry, 'key_properties')),
  }
}

/** What the catalog says of a stream (`[]`) or of one of its properties. */
export function metadataOf(entry: JsonObject, breadcrumb: readonly string[]): JsonObject {
  const metadata = metadataEntry(entry, breadcrumb)?.['metadata']
  return isJsonObject(metadata) ? metadata : {}
}

function metadataEntry(entry: JsonObject, breadcrumb: readonly string[]): JsonObject | undefined {
  const list = member(entry, 'metadata')
  if (!Array.isArray(list)) return undefined
  return list
    .filter(isJsonObject)
    .find((each) => JSON.stringify(member(each, 'breadcrumb') ?? []) === JSON.stringify(breadcrumb))
}

/** A copy of a stream's entry in which more is said of the stream (`[]`) or of a property. */
export function withMetadata(entry: JsonObject, breadcrumb: readonly string[], said: JsonObject): JsonObject {
  const copy = copyJson(entry)
  const known = metadataEntry(copy, breadcrumb)
  if (known !== undefined) {
    put(known, 'metadata', { ...metadataOf(copy, breadcrumb), ...said })
    return copy
  }
  const list = member(copy, 'metadata')
  const added = { breadcrumb: [...breadcrumb], metadata: said }
  return { ...copy, metadata: [...(Array.isArray(list) ? list : []), added] }
}

/** Texts of a list; none where it is no list. */
export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
