import { WaterworksError } from '../errors/waterworks-error.ts'
import { isJsonObject, type Json, type JsonObject, member, toJson } from './json.ts'
import type { Origins } from './origins.ts'
import { propagateParameters } from './propagate-parameters.ts'
import { resolveReferences } from './resolve-references.ts'

/** A declarative manifest, its references resolved and its parameters passed down. */
export interface DeclarativeManifest {
  readonly version: string | undefined
  /** Components: streams that are written out, ones that depend on the config, and pairs for first and later reads. */
  readonly streams: readonly JsonObject[]
  /** Streams that are found out at the source. */
  readonly dynamicStreams: readonly JsonObject[]
  /** What the config must hold, as a JSON schema. */
  readonly specification: JsonObject
  readonly document: JsonObject
  readonly origins: Origins
}

/**
 * Reads a manifest as its YAML gives it. Throws WW4401 for what is no manifest, WW4402 for references that lead nowhere.
 */
export function readManifest(written: unknown, origins: Origins): DeclarativeManifest {
  const json = toJson(written)
  if (!isJsonObject(json)) throw notAManifest('it is no mapping', origins)
  const resolved = resolveReferences(json, origins)
  const document = propagateParameters('', { ...resolved, type: 'DeclarativeSource' }, {}, origins)
  const streams = mappings(member(document, 'streams'))
  const dynamicStreams = mappings(member(document, 'dynamic_streams'))
  if (streams.length + dynamicStreams.length === 0) throw notAManifest('it has no "streams"', origins)
  const spec = member(document, 'spec')
  const specification = isJsonObject(spec)
    ? (member(spec, 'connection_specification') ?? member(spec, 'connectionSpecification'))
    : undefined
  const version = member(document, 'version')
  return {
    version: typeof version === 'string' ? version : undefined,
    streams,
    dynamicStreams,
    specification: isJsonObject(specification) ? specification : {},
    document,
    origins,
  }
}

/** The names of the streams that a manifest writes out, in its order. */
export function streamNames({ streams }: DeclarativeManifest): readonly string[] {
  return streams.flatMap((stream) => {
    const inner =
      member(stream, 'type') === 'ConditionalStreams' ? mappings(member(stream, 'streams')) : [stream]
    return inner.flatMap((one) => {
      const name = member(one, 'name')
      return typeof name === 'string' ? [name] : []
    })
  })
}

function mappings(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

function notAManifest(why: string, origins: Origins): WaterworksError {
  return new WaterworksError('WW4401', {
    message: `the file is no declarative manifest: ${why}`,
    location: origins.locate([]),
  })
}
