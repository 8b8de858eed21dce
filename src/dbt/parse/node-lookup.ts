import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestFunction, ManifestNode } from '../manifest/manifest-node.ts'
import type { ManifestSource } from '../manifest/manifest-source.ts'
import type { Reference } from '../reference.ts'

type Refable = Extract<ManifestNode, { readonly resource_type: 'model' | 'seed' | 'snapshot' }>

/** What ref() and source() lead to, by the names that templates use. */
export interface Found<T> {
  readonly node: T
  readonly isDisabled: boolean
}

/** Looks up nodes as dbt does: in the package that is named, or else in that of the reader, the root project, and everywhere. */
export class NodeLookup {
  readonly #root: string
  readonly #nodes = new Map<string, Refable[]>()
  readonly #sources = new Map<string, ManifestSource[]>()
  readonly #functions = new Map<string, ManifestFunction[]>()
  readonly #disabledFunctions = new Map<string, ManifestFunction[]>()
  readonly #disabled = new Map<string, Refable[]>()
  readonly #disabledSources = new Map<string, ManifestSource[]>()

  constructor(root: string, { nodes, sources, disabled }: Pick<Manifest, 'nodes' | 'sources' | 'disabled'>) {
    this.#root = root
    for (const node of Object.values(nodes)) {
      if (isRefable(node)) add(this.#nodes, node.name, node)
      else if (node.resource_type === 'function') add(this.#functions, node.name, node)
    }
    for (const source of Object.values(sources)) add(this.#sources, keyOf(source), source)
    for (const node of Object.values(disabled).flat()) {
      if (node.resource_type === 'source') add(this.#disabledSources, keyOf(node), node)
      else if (node.resource_type === 'function') add(this.#disabledFunctions, node.name, node)
      else if (isRefable(node)) add(this.#disabled, node.name, node)
    }
  }

  find(reference: Reference, from: string): Found<Refable | ManifestFunction | ManifestSource> | undefined {
    switch (reference.kind) {
      case 'ref':
        return this.#ref(reference, from)
      case 'source':
        return this.#source(reference, from)
      case 'function':
        return this.#function(reference, from)
    }
  }

  /** Names of all functions. */
  get functions(): Iterable<string> {
    return this.#functions.keys()
  }

  /** Names of all nodes that ref() may name. */
  get names(): Iterable<string> {
    return this.#nodes.keys()
  }

  /** The versions of a model, if it has any. */
  versionsOf(name: string): readonly (string | number)[] {
    return (this.#nodes.get(name) ?? []).flatMap((node) =>
      node.resource_type === 'model' && node.version !== null ? [node.version] : [],
    )
  }

  /** All sources. */
  get sources(): Iterable<ManifestSource> {
    return [...this.#sources.values()].flat()
  }

  #ref(reference: Extract<Reference, { kind: 'ref' }>, from: string): Found<Refable> | undefined {
    const among = (known: ReadonlyMap<string, Refable[]>) => {
      const candidates = (known.get(reference.model) ?? []).filter((node) =>
        hasVersion(node, reference.version),
      )
      return this.#nearest(candidates, reference.package, from)
    }
    const node = among(this.#nodes)
    if (node) return { node, isDisabled: false }
    const disabled = among(this.#disabled)
    return disabled && { node: disabled, isDisabled: true }
  }

  #function(
    { function: name, package: owner }: Extract<Reference, { kind: 'function' }>,
    from: string,
  ): Found<ManifestFunction> | undefined {
    const node = this.#nearest(this.#functions.get(name) ?? [], owner, from)
    if (node) return { node, isDisabled: false }
    const disabled = this.#nearest(this.#disabledFunctions.get(name) ?? [], owner, from)
    return disabled && { node: disabled, isDisabled: true }
  }

  #source(
    { source, table }: Extract<Reference, { kind: 'source' }>,
    from: string,
  ): Found<ManifestSource> | undefined {
    const key = `${source}\0${table}`
    const node = this.#nearest(this.#sources.get(key) ?? [], undefined, from)
    if (node) return { node, isDisabled: false }
    const disabled = this.#nearest(this.#disabledSources.get(key) ?? [], undefined, from)
    return disabled && { node: disabled, isDisabled: true }
  }

  #nearest<T extends { readonly package_name: string }>(
    candidates: readonly T[],
    named: string | undefined,
    from: string,
  ): T | undefined {
    const inPackage = (name: string) => candidates.find((node) => node.package_name === name)
    if (named !== undefined) return inPackage(named)
    return inPackage(from) ?? inPackage(this.#root) ?? candidates[0]
  }
}

/** Whether a node is the version that is asked for; without one, the latest. */
function hasVersion(node: Refable, wanted: string | number | undefined): boolean {
  if (node.resource_type !== 'model' || node.version === null) return wanted === undefined
  const version = wanted ?? node.latest_version
  return String(node.version) === String(version)
}

export function isRefable(node: { readonly resource_type: string }): node is Refable {
  return ['model', 'seed', 'snapshot'].includes(node.resource_type)
}

function keyOf({ source_name, name }: ManifestSource): string {
  return `${source_name}\0${name}`
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
