import { hash } from 'node:crypto'
import type { ById, DisabledResource, Manifest } from '../manifest/manifest.ts'
import type { ManifestFunction, ManifestNode } from '../manifest/manifest-node.ts'
import { sectionsOf } from '../manifest/sections-of.ts'
import { artifactMetadata } from './artifact-metadata.ts'
import type { Compilation } from './compiled-node.ts'
import { docEntry, groupEntry, macroEntry, unitTestEntry } from './definition-entries.ts'
import type { Invocation } from './invocation.ts'
import { jsonText } from './json-text.ts'
import { nodeEntry } from './node-entry.ts'
import { exposureEntry, metricEntry, savedQueryEntry, semanticModelEntry } from './semantic-entries.ts'
import { sourceEntry } from './source-entry.ts'
import type { TextPiece } from './text-piece.ts'

export interface ManifestArtifactOptions {
  readonly invocation: Invocation
  readonly generatedAt: Date
  readonly adapterType: string
  /** The project's `quoting`, its defaults filled in. */
  readonly quoting: Readonly<Record<string, boolean | null>>
  /** The target folder, below the project: `target`. */
  readonly target: string
  readonly compilation: Compilation
  /** Nodes for which what was sent to the warehouse has been written to the target folder. */
  readonly ran: ReadonlySet<string>
  /** Nodes that have a result, hooks with nothing to send among them. None unless given. */
  readonly told?: ReadonlySet<string>
}

/**
 * The document of manifest.json, version 12 of dbt's schema. Compiled code is in it for the nodes of the compilation;
 * the other nodes are as they were parsed.
 */
export function manifestArtifact(
  manifest: Manifest,
  options: ManifestArtifactOptions,
): Readonly<Record<string, unknown>> {
  const { target } = options
  const { nodes, functions } = sectionsOf(manifest.nodes)
  return {
    metadata: manifestMetadata(manifest, options),
    nodes: mapped(nodes, nodeEntries(manifest, options)),
    sources: mapped(manifest.sources, sourceEntry),
    macros: mapped(manifest.macros, macroEntry),
    docs: mapped(manifest.docs, docEntry),
    exposures: mapped(manifest.exposures, exposureEntry),
    metrics: mapped(manifest.metrics, metricEntry),
    groups: mapped(manifest.groups, groupEntry),
    selectors: manifest.selectors,
    disabled: mapped(manifest.disabled, (resources) =>
      resources.map((resource) => disabledEntry(resource, target)),
    ),
    parent_map: manifest.parent_map,
    child_map: manifest.child_map,
    group_map: manifest.group_map,
    saved_queries: mapped(manifest.saved_queries, savedQueryEntry),
    semantic_models: mapped(manifest.semantic_models, semanticModelEntry),
    unit_tests: mapped(manifest.unit_tests, unitTestEntry),
    ...functionSection(functions, options),
  }
}

/** dbt has the section since 1.11; a project without functions has none, as before it. */
function functionSection(
  functions: ById<ManifestFunction>,
  { target, compilation, ran }: ManifestArtifactOptions,
): { readonly functions?: ById<unknown> } {
  if (Object.keys(functions).length === 0) return {}
  const entry = (node: ManifestFunction) => {
    const id = node.unique_id
    return nodeEntry(node, { target, compiled: compilation.get(id), ran: ran.has(id) })
  }
  return { functions: mapped(functions, entry) }
}

/** What stands at the head of manifest.json. */
export function manifestMetadata(
  manifest: Manifest,
  options: ManifestArtifactOptions,
): Readonly<Record<string, unknown>> {
  return {
    ...artifactMetadata('manifest/v12', options.invocation, options.generatedAt),
    project_name: manifest.project_name,
    project_id: hash('md5', manifest.project_name),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: options.adapterType,
    quoting: { database: null, schema: null, identifier: null, column: null, ...options.quoting },
  }
}

/**
 * The text of the same document, bit by bit: the first piece is its metadata, which alone differs from run to run of a project that
 * stays the same. For large projects the whole would be far more than all that it says.
 */
export function* manifestText(manifest: Manifest, options: ManifestArtifactOptions): Generator<TextPiece> {
  const entryOf = nodeEntries(manifest, options)
  const { nodes, functions } = sectionsOf(manifest.nodes)
  const { metadata, nodes: _none, ...others } = manifestArtifact({ ...manifest, nodes: functions }, options)
  yield { text: `{"metadata":${JSON.stringify(metadata)},` }
  let before = '"nodes":{'
  for (const id in nodes) {
    yield { text: `${before}${JSON.stringify(id)}:` }
    yield { text: jsonText(entryOf(nodes[id]!)), node: id }
    before = ','
  }
  yield { text: before === ',' ? '}' : '"nodes":{}' }
  for (const [name, section] of Object.entries(others)) {
    if (section !== undefined) yield { text: `,${JSON.stringify(name)}:${jsonText(section)}` }
  }
  yield { text: '}' }
}

/** What makes the entry of each node of a manifest. */
function nodeEntries(
  manifest: Manifest,
  { target, compilation, ran, told }: ManifestArtifactOptions,
): (node: ManifestNode) => Readonly<Record<string, unknown>> {
  const positions = hookPositions(manifest, told ?? new Set())
  return (node) => {
    const id = node.unique_id
    const entry = nodeEntry(node, { target, compiled: compilation.get(id), ran: ran.has(id) })
    const index = positions.get(id)
    return index === undefined ? entry : { ...entry, index }
  }
}

/** Hooks whose turn came are counted anew, from 1 and over all packages, the project's own first. */
function hookPositions(manifest: Manifest, told: ReadonlySet<string>): ReadonlyMap<string, number> {
  const hooks = Object.values(manifest.nodes).filter((node) => node.resource_type === 'operation')
  const positions = new Map<string, number>()
  for (const kind of ['on-run-start', 'on-run-end']) {
    const own = hooks.filter(({ tags }) => tags.includes(kind))
    if (!own.some(({ unique_id: id }) => told.has(id))) continue
    const rank = (name: string) => (name === manifest.project_name ? '' : name)
    const sorted = own.toSorted((a, b) =>
      a.package_name === b.package_name
        ? a.index - b.index
        : rank(a.package_name) < rank(b.package_name)
          ? -1
          : 1,
    )
    for (const [index, { unique_id: id }] of sorted.entries()) positions.set(id, index + 1)
  }
  return positions
}

function disabledEntry(resource: DisabledResource, target: string): Readonly<Record<string, unknown>> {
  switch (resource.resource_type) {
    case 'source':
      return sourceEntry(resource)
    case 'exposure':
      return exposureEntry(resource)
    case 'metric':
      return metricEntry(resource)
    case 'saved_query':
      return savedQueryEntry(resource)
    case 'semantic_model':
      return semanticModelEntry(resource)
    case 'unit_test':
      return unitTestEntry(resource)
    default:
      return nodeEntry(resource, { target, compiled: undefined, ran: false })
  }
}

function mapped<T>(resources: ById<T>, entryOf: (resource: T) => unknown): ById<unknown> {
  const entries: Record<string, unknown> = {}
  for (const [id, resource] of Object.entries(resources)) entries[id] = entryOf(resource)
  return entries
}
