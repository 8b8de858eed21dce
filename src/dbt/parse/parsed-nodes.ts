import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Origin } from '../../project/origin.ts'
import type { PackageFile } from '../../project/package.ts'
import type { DisabledResource } from '../manifest/manifest.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { placeInText } from '../place-in-text.ts'
import { isRefable } from './node-lookup.ts'
import type { ResourceProperties } from './resource-properties.ts'

/** Where what is known of a node was written. */
export interface NodePlace {
  readonly file?: Pick<PackageFile, 'shown' | 'text' | 'firstLine'> | undefined
  readonly properties?: ResourceProperties | { readonly origin: Origin } | undefined
}

/** The start of a node's file, or its entry in a properties file. */
export function locationOf(
  place: NodePlace | undefined,
  locate: (origin: Origin) => Location,
): Location | undefined {
  if (place?.file) return placeInText(place.file.shown, place.file.text, 0)
  return place?.properties && locate(place.properties.origin)
}

/** Nodes as they are parsed, with where they came from. */
export class ParsedNodes {
  readonly enabled = new Map<string, ManifestNode>()
  readonly disabled = new Map<string, DisabledResource[]>()
  readonly places = new Map<string, NodePlace>()
  /** Names of files that did not parse: what refers to them is not to blame. */
  readonly failed = new Set<string>()
  /** Names that properties files describe and no file defines, of which a warning was given. */
  readonly absent = new Set<string>()
  readonly #names = new Map<string, ManifestNode>()
  readonly #diagnostics: Diagnostics
  readonly #locate: (origin: Origin) => Location

  constructor(diagnostics: Diagnostics, locate: (origin: Origin) => Location) {
    this.#diagnostics = diagnostics
    this.#locate = locate
  }

  /** Notes WW1205 for a second enabled node of one name: ref() could not tell them apart. */
  add(node: ManifestNode, place: NodePlace, enabled: boolean): void {
    if (!enabled) {
      this.addDisabled(node, place)
      return
    }
    const key = isRefable(node) ? `${node.package_name}.${node.name}.${versionOf(node)}` : node.unique_id
    const other = this.#names.get(key)
    if (other) {
      this.#diagnostics.error(this.#twice(node, other, place))
      return
    }
    this.#names.set(key, node)
    this.enabled.set(node.unique_id, node)
    this.places.set(node.unique_id, place)
  }

  addDisabled(node: DisabledResource, place: NodePlace): void {
    const list = this.disabled.get(node.unique_id)
    if (list) list.push(node)
    else this.disabled.set(node.unique_id, [node])
    if (!this.places.has(node.unique_id)) this.places.set(node.unique_id, place)
  }

  addFailed(name: string): void {
    this.failed.add(name)
  }

  /** The model, seed or snapshot that a name means in a package, or one anywhere that is switched off. */
  named(packageName: string, name: string): ManifestNode | undefined {
    const isSo = (node: DisabledResource): node is ManifestNode => isRefable(node) && node.name === name
    return this.#names.get(`${packageName}.${name}.`) ?? [...this.disabled.values()].flat().find(isSo)
  }

  /** Where a node is defined: the start of its file, or its entry in a properties file. */
  locationOf(uniqueId: string): Location | undefined {
    return locationOf(this.places.get(uniqueId), this.#locate)
  }

  #twice(node: ManifestNode, other: ManifestNode, { file, properties }: NodePlace): WaterworksError {
    const kind = node.resource_type === other.resource_type ? `${node.resource_type}s` : 'nodes'
    const paths = `${other.original_file_path} and ${node.original_file_path}`
    return new WaterworksError('WW1205', {
      message: `There are two ${kind} named "${node.name}": ${paths}.`,
      location: file ? placeInText(file.shown, file.text, 0) : properties && this.#locate(properties.origin),
    })
  }
}

function versionOf(node: ManifestNode): string {
  return node.resource_type === 'model' ? String(node.version ?? '') : ''
}
