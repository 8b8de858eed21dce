import { WaterworksError } from '../errors/waterworks-error.ts'
import { isJsonObject, type Json, type JsonObject, member, put } from './json.ts'
import type { ManifestPath, Origins } from './origins.ts'

const REFERENCE = '$ref'
/** What a connector is configured with is data, and may look like a reference. */
const DATA = new Set(['config_overrides'])

/**
 * A manifest with every reference replaced by what it refers to. A text `#/definitions/base` stands for that value; in a
 * mapping `$ref` lays the mapping's own keys over those referred to. Notes in `origins` where each mapping of the
 * result was written. Throws WW4402 for a reference that leads nowhere, or to itself.
 */
export function resolveReferences(manifest: JsonObject, origins: Origins): JsonObject {
  const resolved = new Resolver(manifest, origins).resolve(manifest, [])
  return isJsonObject(resolved) ? resolved : {}
}

class Resolver {
  readonly #manifest: JsonObject
  readonly #origins: Origins
  readonly #visited = new Set<string>()

  constructor(manifest: JsonObject, origins: Origins) {
    this.#manifest = manifest
    this.#origins = origins
  }

  resolve(node: Json, path: ManifestPath): Json {
    if (Array.isArray(node)) return node.map((item, index) => this.resolve(item, [...path, index]))
    if (isJsonObject(node)) return this.#mapping(node, path)
    return typeof node === 'string' && node.startsWith('#/') ? this.#follow(node, path) : node
  }

  #mapping(node: JsonObject, path: ManifestPath): Json {
    const reference = member(node, REFERENCE)
    const base = reference === undefined ? undefined : this.resolve(reference, [...path, REFERENCE])
    if (reference !== undefined && !isJsonObject(base)) return base ?? null
    const result: JsonObject = {}
    if (isJsonObject(base)) for (const [key, value] of Object.entries(base)) put(result, key, value)
    for (const [key, value] of Object.entries(node)) {
      if (key === REFERENCE) continue
      put(result, key, DATA.has(key) ? value : this.resolve(value, [...path, key]))
    }
    this.#origins.note(result, path)
    return result
  }

  #follow(reference: string, path: ManifestPath): Json {
    if (this.#visited.has(reference)) {
      throw this.#problem(`the reference ${reference} leads to itself`, path)
    }
    this.#visited.add(reference)
    const found = this.#find(reference, path)
    const value = this.resolve(found.value, found.path)
    this.#visited.delete(reference)
    return value
  }

  /** A key may have slashes in it: the rest of a reference as one key goes before its first piece. */
  #find(reference: string, path: ManifestPath): { value: Json; path: ManifestPath } {
    let rest = reference.slice(2)
    let value: Json | undefined = this.#manifest
    let place: ManifestPath = []
    while (rest !== '') {
      const whole: Json | undefined = isJsonObject(value) ? member(value, rest) : undefined
      if (whole !== undefined) return { value: whole, path: [...place, rest] }
      const slash = rest.indexOf('/')
      const head: string = slash < 0 ? rest : rest.slice(0, slash)
      rest = slash < 0 ? '' : rest.slice(slash + 1)
      const key: string | number = Array.isArray(value) && /^\d+$/.test(head) ? Number(head) : head
      value = Array.isArray(value)
        ? value[Number(head)]
        : isJsonObject(value)
          ? member(value, head)
          : undefined
      place = [...place, key]
      if (value === undefined) throw this.#problem(`the reference ${reference} leads nowhere`, path)
    }
    return { value: value ?? null, path: place }
  }

  #problem(message: string, path: ManifestPath): WaterworksError {
    return new WaterworksError('WW4402', { message, location: this.#origins.locate(path) })
  }
}
