import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseJson } from '../records/parse-json.ts'

/** What a tap says in one line of its output. */
export type SingerMessage =
  | {
      readonly type: 'RECORD'
      readonly stream: string
      readonly record: JsonObject
      readonly version: number | undefined
    }
  | { readonly type: 'SCHEMA'; readonly stream: string; readonly schema: JsonObject }
  | { readonly type: 'STATE'; readonly value: JsonObject }
  | { readonly type: 'ACTIVATE_VERSION'; readonly stream: string; readonly version: number }
  | { readonly type: 'BATCH'; readonly stream: string; readonly files: BatchFiles }

/** Records that a tap wrote to files rather than to its output. */
export interface BatchFiles {
  readonly format: string
  readonly compression: string
  /** Paths, or addresses of the kind `file://`. */
  readonly files: readonly string[]
}

/**
 * Reads a line of a tap's output. https://github.com/singer-io/getting-started/blob/master/docs/SPEC.md
 * Throws WW4504 for what is no message; it never quotes the line, which may be half a record.
 */
export function parseMessage(line: string, number: number): SingerMessage {
  const message = jsonOf(line)
  if (!isJsonObject(message)) throw wrong(number, 'is no message of Singer')
  const type = member(message, 'type')
  const kind = typeof type === 'string' ? type.toUpperCase() : ''
  switch (kind) {
    case 'RECORD': {
      const record = member(message, 'record')
      if (!isJsonObject(record)) throw wrong(number, 'is a RECORD without a record')
      return { type: kind, stream: streamOf(message, number), record, version: versionOf(message) }
    }
    case 'SCHEMA': {
      const schema = member(message, 'schema')
      if (!isJsonObject(schema)) throw wrong(number, 'is a SCHEMA without a schema')
      return { type: kind, stream: streamOf(message, number), schema }
    }
    case 'STATE': {
      const value = member(message, 'value') ?? null
      if (value !== null && !isJsonObject(value)) throw wrong(number, 'is a STATE that is no object')
      return { type: kind, value: value ?? {} }
    }
    case 'ACTIVATE_VERSION': {
      const version = versionOf(message)
      if (version === undefined) throw wrong(number, 'is an ACTIVATE_VERSION without a version')
      return { type: kind, stream: streamOf(message, number), version }
    }
    case 'BATCH':
      return { type: kind, stream: streamOf(message, number), files: batchOf(message, number) }
    default:
      throw wrong(number, 'is a message of a type that Singer does not have')
  }
}

function jsonOf(line: string): Json {
  try {
    return parseJson(line)
  } catch {
    return null
  }
}

function streamOf(message: JsonObject, number: number): string {
  const stream = member(message, 'stream')
  if (typeof stream !== 'string') throw wrong(number, 'does not name its stream')
  return stream
}

function versionOf(message: JsonObject): number | undefined {
  const version = member(message, 'version')
  return typeof version === 'number' || typeof version === 'bigint' ? Number(version) : undefined
}

function batchOf(message: JsonObject, number: number): BatchFiles {
  const encoding = member(message, 'encoding')
  const files = member(message, 'manifest')
  if (!isJsonObject(encoding) || !Array.isArray(files) || !files.every((file) => typeof file === 'string')) {
    throw wrong(number, 'is a BATCH without an encoding or a manifest')
  }
  const format = member(encoding, 'format')
  const compression = member(encoding, 'compression') ?? 'none'
  return { format: String(format), compression: String(compression), files }
}

function wrong(number: number, what: string): WaterworksError {
  return new WaterworksError('WW4504', { message: `line ${number} of the tap's output ${what}` })
}
