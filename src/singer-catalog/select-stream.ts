import { type JsonObject, member, put } from '../api-manifest/json.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { type CatalogStream, metadataOf, textsOf, withMetadata } from './catalog.ts'

/** What a pipeline wants of a stream. */
export interface StreamChoice {
  /** The properties at the top of a record that are wanted; what the catalog selects unless given. */
  readonly properties: readonly string[] | undefined
  readonly replicationKey: string | undefined
  /** Whether it is to bring what is new only. */
  readonly isIncremental: boolean
}

/** A stream as its tap is asked for it. */
export interface SelectedStream {
  readonly id: string
  readonly stream: string
  /** Its entry of the catalog, with the choice in it. */
  readonly entry: JsonObject
  /** The schema of what was selected. */
  readonly schema: JsonObject
  readonly key: readonly string[]
  /** The property that its bookmark goes by; undefined where it is read whole each time. */
  readonly replicationKey: string | undefined
}

/**
 * Selects a stream by the rules of Singer's metadata: what is `automatic` comes always, what is `unsupported` never, and of
 * the rest what is named, else what is `selected`, else what is so by default.
 * https://github.com/singer-io/getting-started/blob/master/docs/DISCOVERY_MODE.md
 * Throws WW4505 for a property that is not there or cannot be had.
 */
export function selectStream(stream: CatalogStream, choice: StreamChoice): SelectedStream {
  const { properties } = stream
  for (const name of choice.properties ?? []) mustHave(stream, name)
  const replication = replicationOf(stream, choice)
  const wanted = (name: string): boolean => {
    const metadata = metadataOf(stream.entry, ['properties', name])
    const inclusion = member(metadata, 'inclusion')
    if (inclusion === 'unsupported') return false
    if (inclusion === 'automatic' || name === replication.key) return true
    if (stream.keyProperties.includes(name)) return true
    if (choice.properties !== undefined) return choice.properties.includes(name)
    return (member(metadata, 'selected') ?? member(metadata, 'selected-by-default') ?? true) === true
  }
  const chosen = Object.keys(properties).filter(wanted)
  let entry = withMetadata(stream.entry, [], { selected: true, ...replication.metadata })
  for (const name of Object.keys(properties)) {
    entry = withMetadata(entry, ['properties', name], { selected: chosen.includes(name) })
  }
  const selected: JsonObject = {}
  for (const name of chosen) put(selected, name, properties[name] ?? {})
  return {
    id: stream.id,
    stream: stream.stream,
    entry: { ...entry, ...replication.legacy },
    schema: { type: 'object', properties: selected },
    key: stream.keyProperties,
    replicationKey: replication.key,
  }
}

/** The entry of a stream that is not wanted. */
export function unselected(stream: CatalogStream): JsonObject {
  return withMetadata(stream.entry, [], { selected: false })
}

/** Whether the catalog itself selects a stream. */
export function isSelected({ entry }: CatalogStream): boolean {
  const metadata = metadataOf(entry, [])
  const said = member(metadata, 'selected') ?? member(entry, 'selected')
  return (said ?? member(metadata, 'selected-by-default')) === true
}

interface Replication {
  readonly key: string | undefined
  readonly metadata: JsonObject
  /** The same as older taps read it. */
  readonly legacy: JsonObject
}

function replicationOf(stream: CatalogStream, choice: StreamChoice): Replication {
  const metadata = metadataOf(stream.entry, [])
  const textOf = (name: string, older: string): string | undefined => {
    const value = member(metadata, name) ?? member(stream.entry, older)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const forced = textOf('forced-replication-method', 'forced_replication_method')
  const valid = textsOf(member(metadata, 'valid-replication-keys'))
  const wanted = choice.replicationKey
  if (wanted !== undefined) {
    mustHave(stream, wanted)
    if (valid.length > 0 && !valid.includes(wanted)) {
      throw new WaterworksError('WW4505', {
        message: `the stream "${stream.id}" cannot go by "${wanted}"`,
        hint: `It can go by ${valid.join(', ')}.`,
      })
    }
  }
  const key = wanted ?? textOf('replication-key', 'replication_key') ?? valid[0]
  const method = textOf('replication-method', 'replication_method')
  if (forced !== undefined && forced !== 'FULL_TABLE') return said(forced, key)
  if (!choice.isIncremental || forced === 'FULL_TABLE') return said('FULL_TABLE', undefined)
  if (method === 'LOG_BASED') return said(method, key)
  return key === undefined ? said('FULL_TABLE', undefined) : said('INCREMENTAL', key)
}

function said(method: string, key: string | undefined): Replication {
  const named = key === undefined ? {} : { 'replication-key': key }
  const legacy = key === undefined ? {} : { replication_key: key }
  return {
    key,
    metadata: { 'replication-method': method, ...named },
    legacy: { replication_method: method, ...legacy },
  }
}

function mustHave({ id, entry, properties }: CatalogStream, name: string): void {
  if (!Object.hasOwn(properties, name)) {
    const near = suggest(name, Object.keys(properties))
    throw new WaterworksError('WW4505', {
      message: `the stream "${id}" has no property "${name}"`,
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    })
  }
  if (member(metadataOf(entry, ['properties', name]), 'inclusion') === 'unsupported') {
    throw new WaterworksError('WW4505', {
      message: `the tap cannot bring the property "${name}" of the stream "${id}"`,
    })
  }
}
