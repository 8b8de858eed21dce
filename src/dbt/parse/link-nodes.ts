import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestNode, ManifestRef } from '../manifest/manifest-node.ts'
import { placeInText } from '../place-in-text.ts'
import { printReference, type Reference } from '../reference.ts'
import { explainReference } from './explain-reference.ts'
import type { Found, NodeLookup } from './node-lookup.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'

/** What refers to nodes by name. */
interface Referring {
  readonly unique_id: string
  readonly resource_type: string
  readonly name: string
  readonly package_name: string
  readonly group?: string | null
  readonly refs: readonly ManifestRef[]
  readonly sources: readonly (readonly string[])[]
  readonly functions?: readonly (readonly string[])[]
}

export interface Linked {
  /** Unique ids of what it reads from, each once. */
  readonly ids: readonly string[]
  /** Whether something that it refers to is not there. */
  readonly isBroken: boolean
}

/** Finds what references lead to. */
export class Linker {
  readonly #scope: ParseScope
  readonly #lookup: NodeLookup
  readonly #nodes: ParsedNodes
  readonly #packages: readonly string[]
  readonly #restricted: ReadonlySet<string>

  constructor(scope: ParseScope, lookup: NodeLookup, nodes: ParsedNodes) {
    this.#scope = scope
    this.#lookup = lookup
    this.#nodes = nodes
    this.#packages = scope.packages.filter(({ kind }) => kind !== 'built-in').map(({ name }) => name)
    this.#restricted = new Set(
      scope.packages.filter(({ config }) => config.restrictAccess).map(({ name }) => name),
    )
  }

  /**
   * The nodes that one refers to. What is not there is an error (WW1201, WW1202, WW1206), but for tests: as in dbt, a warning, and
   * the test does not run. WW1216 for models that may not be referred to from there.
   */
  link(node: Referring): Linked {
    const references: Reference[] = [
      ...node.sources.map(
        ([source, table]): Reference => ({ kind: 'source', source: source!, table: table! }),
      ),
      ...node.refs.map(referenceOf),
      ...(node.functions ?? []).map(functionReference),
    ]
    if (references.length === 0) return NOTHING
    const ids: string[] = []
    let isBroken = false
    for (const reference of references) {
      const found = this.#lookup.find(reference, node.package_name)
      if (found && !found.isDisabled) {
        if (!ids.includes(found.node.unique_id)) ids.push(found.node.unique_id)
        this.#judgeAccess(node, reference, found)
        continue
      }
      isBroken = true
      if (reference.kind === 'ref' && this.#isToldOf(reference.model, node)) continue
      this.#report(node, reference, found)
    }
    return { ids, isBroken }
  }

  /** Whether what is wrong with a name is told where it stands. */
  #isToldOf(name: string, { resource_type: kind }: Referring): boolean {
    return this.#nodes.failed.has(name) || (kind === 'test' && this.#nodes.absent.has(name))
  }

  #report(node: Referring, reference: Reference, found: Found<unknown> | undefined): void {
    const { diagnostics } = this.#scope
    const isTest = node.resource_type === 'test'
    // Tests of what is switched off are switched off with it, without a word.
    if (isTest && found?.isDisabled) return
    const from = `The ${node.resource_type.replaceAll('_', ' ')} "${node.name}"`
    const error = explainReference(
      reference,
      found,
      from,
      this.#lookup,
      this.#packages,
      this.#placeOf(node, reference),
    )
    if (isTest) diagnostics.warn(error)
    else diagnostics.error(error)
  }

  #judgeAccess(
    node: Referring,
    reference: Reference,
    { node: target }: Found<{ readonly resource_type: string }>,
  ): void {
    if (!isModel(target)) return
    const isOutside = node.package_name !== target.package_name && this.#restricted.has(target.package_name)
    const isOther = (node.group ?? null) === null || node.group !== target.group
    const refused =
      (target.access === 'private' && (isOther || isOutside)) || (target.access === 'protected' && isOutside)
    if (!refused) return
    const where =
      target.access === 'private' ? `group "${target.group ?? ''}"` : `package "${target.package_name}"`
    this.#scope.diagnostics.error(
      new WaterworksError('WW1216', {
        message: `The ${node.resource_type} "${node.name}" refers to "${target.name}", which is ${target.access} to its ${where}.`,
        location: this.#placeOf(node, reference),
      }),
    )
  }

  #placeOf(node: Referring, reference: Reference): Location | undefined {
    const place = this.#nodes.places.get(node.unique_id)
    if (!place?.file) return this.#nodes.locationOf(node.unique_id)
    const { file } = place
    if (file.text === '') return placeInText(file.shown, '', 0)
    const { database, schema } = this.#scope.relations
    const { unique_id, name, resource_type, package_name } = node
    return this.#scope.templates.placeOf(
      file,
      {
        node: { unique_id, name, resource_type, package_name, original_file_path: file.shown },
        packageName: package_name,
        relation: { database, schema, identifier: name },
        config: () => ({}),
      },
      reference,
    )
  }
}

const NOTHING: Linked = Object.freeze({ ids: [], isBroken: false })

export function referenceOf({ name, package: packageName, version }: ManifestRef): Reference {
  return {
    kind: 'ref',
    package: packageName ?? undefined,
    model: name,
    ...(version === null ? {} : { version }),
  }
}

function functionReference(names: readonly string[]): Reference {
  const [name, owner] = names.toReversed()
  return { kind: 'function', package: owner, function: name! }
}

/** What a reference of a manifest leads to, as it is written. */
export function printRef(ref: ManifestRef): string {
  return printReference(referenceOf(ref))
}

function isModel(node: {
  readonly resource_type: string
}): node is Extract<ManifestNode, { readonly resource_type: 'model' }> {
  return node.resource_type === 'model'
}

type Edges = Pick<
  Manifest,
  'nodes' | 'sources' | 'exposures' | 'metrics' | 'semantic_models' | 'saved_queries' | 'unit_tests'
>

/** Parents and children of everything, sorted. */
export function dependencyMaps(edges: Edges): Pick<Manifest, 'parent_map' | 'child_map'> {
  const parents: Record<string, readonly string[]> = {}
  const children: Record<string, string[]> = {}
  const { nodes, sources, exposures, metrics, semantic_models, saved_queries, unit_tests } = edges
  const all = [nodes, sources, exposures, metrics, semantic_models, saved_queries, unit_tests]
  for (const kind of all) for (const id in kind) children[id] = []
  for (const id in sources) parents[id] = []
  for (const kind of [nodes, exposures, metrics, semantic_models, saved_queries, unit_tests]) {
    for (const id in kind) {
      const ids = [...kind[id]!.depends_on.nodes].sort()
      parents[id] = ids
      for (const parent of ids) children[parent]?.push(id)
    }
  }
  for (const id in children) children[id]!.sort()
  return { parent_map: parents, child_map: children }
}
