import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { freeze } from '../../project/freeze.ts'
import type { Origin } from '../../project/origin.ts'
import type { Project } from '../../project/project.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestNode, ManifestTest } from '../manifest/manifest-node.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { disabledResources } from './disabled-resources.ts'
import { DocsBlocks } from './docs-blocks.ts'
import { judgeModels } from './judge-models.ts'
import { dependencyMaps, Linker } from './link-nodes.ts'
import { byId, linkSemantics } from './link-semantics.ts'
import { makeParseScope } from './make-parse-scope.ts'
import { modelProperties } from './model-properties.ts'
import { NodeLookup } from './node-lookup.ts'
import { parseExposures, parseGroups } from './parse-exposures.ts'
import { parseAnalyses, parseSeeds, parseSingularTests, parseSnapshots } from './parse-files.ts'
import { parseFunctions } from './parse-functions.ts'
import { parseMacros } from './parse-macros.ts'
import { parseModels } from './parse-models.ts'
import { parseNodeTests } from './parse-node-tests.ts'
import { parseOperations } from './parse-operations.ts'
import type { ParseScope } from './parse-scope.ts'
import { parseSemantics } from './parse-semantics.ts'
import { type FilledSource, parseSources } from './parse-sources.ts'
import { parseUnitTests } from './parse-unit-tests.ts'
import { locationOf, type NodePlace, ParsedNodes } from './parsed-nodes.ts'
import { primaryKey } from './primary-key.ts'
import type { TemplateText } from './render-text.ts'
import { requireTimeSpine } from './require-time-spine.ts'

export interface ParseOptions {
  readonly settings: TemplateSettings
  readonly diagnostics: Diagnostics
  readonly log: (message: string) => void
  /** Tables that pipelines fill. */
  readonly filled?: readonly FilledSource[]
}

/** A project's packages, parsed. */
export interface ParsedPackages {
  readonly manifest: Manifest
  readonly renderer: TemplateRenderer
  readonly lookup: NodeLookup
  /** What each node was read from. */
  readonly places: ReadonlyMap<string, NodePlace>
  /** Where a node is defined. */
  locationOf(uniqueId: string): Location | undefined
  /** The file in which a node is defined, as people are to see it; for much less than its location costs. */
  fileNameOf(uniqueId: string): string | undefined
  /** Whether a ref() names a file that did not parse. */
  readonly failed: ReadonlySet<string>
  /** The file whose text a node's `raw_code` is, if it is one's. */
  fileOf(uniqueId: string): TemplateText | undefined
}

/**
 * Parses a project and its packages into a manifest, as dbt does before it asks the warehouse for anything. Pure. Every problem is
 * noted in `diagnostics`: where there is an error, the manifest lacks what is wrong.
 */
export function parsePackages(project: Project, options: ParseOptions): ParsedPackages {
  const { diagnostics, filled = [] } = options
  const scope = makeParseScope(project, options, diagnostics)
  const { packages, root, renderer } = scope
  const nodes = new ParsedNodes(diagnostics, (origin) => project.locate(origin))
  const docs = new DocsBlocks(packages, renderer, diagnostics)

  const models = modelProperties(scope)
  parseModels(scope, models, nodes)
  judgeModels(scope, nodes)
  parseSeeds(scope, nodes)
  parseSnapshots(scope, nodes)
  parseAnalyses(scope, nodes)
  parseFunctions(scope, nodes)
  parseSingularTests(scope, nodes)
  parseOperations(scope, nodes)
  parseNodeTests(scope, nodes)
  const sources = parseSources(scope, nodes, filled)
  const exposures = parseExposures(scope, docs, nodes)
  const semantics = parseSemantics(scope, docs, nodes)
  const unitTests = parseUnitTests(scope, nodes)
  const macros = parseMacros(scope, docs)
  const groups = parseGroups(scope, docs)

  const disabled = disabledResources(nodes)
  const unlinked = {
    nodes: Object.fromEntries(nodes.enabled),
    sources: Object.fromEntries(sources),
    disabled,
  }
  const lookup = new NodeLookup(root.name, unlinked)
  const linker = new Linker(scope, lookup, nodes)
  const tests = testsByNode(nodes)
  const linked = byId(
    [...nodes.enabled.values()].map((node) => finish(node, linker, docs, tests, scope, nodes)),
  )
  refuseGroups(Object.values(linked), new Set(Object.values(groups).map(({ name }) => name)), scope, nodes)
  const known = {
    nodes: linked,
    sources: byId(
      [...sources.values()].map((source) => ({
        ...describe(source, docs, scope, nodes),
        source_description: renderedDescription(source.source_description, source, docs, scope, nodes)
          .description,
      })),
    ),
    exposures: byId(
      [...exposures.values()].map((exposure) => {
        const metrics = exposure.metrics.map(([name]) => `metric.${exposure.package_name}.${name}`)
        return { ...exposure, depends_on: { macros: [], nodes: [...linker.link(exposure).ids, ...metrics] } }
      }),
    ),
    ...linkSemantics(semantics, linker, scope, nodes),
    unit_tests: byId(unitTests.values()),
  }
  requireTimeSpine(Object.values(known.semantic_models), Object.values(linked), scope, nodes)
  const sections = { ...known, macros, docs: docs.all, groups, disabled }
  return linkedPackages(
    { rootName: root.name, sections, places: nodes.places, failed: nodes.failed },
    renderer,
    scope.locate,
  )
}

/** What parsing comes to; all else follows from it. */
export interface ParsedContent {
  readonly rootName: string
  readonly sections: Omit<Manifest, 'project_name' | 'selectors' | 'parent_map' | 'child_map' | 'group_map'>
  readonly places: ReadonlyMap<string, NodePlace>
  readonly failed: ReadonlySet<string>
}

/** The packages of what was parsed, now or earlier. */
export function linkedPackages(
  { rootName, sections, places, failed }: ParsedContent,
  renderer: TemplateRenderer,
  locate: (origin: Origin) => Location,
): ParsedPackages {
  const { macros, docs, groups, disabled, ...known } = sections
  const manifest: Manifest = {
    project_name: rootName,
    ...known,
    macros,
    docs,
    groups,
    selectors: {},
    disabled,
    ...dependencyMaps(known),
    group_map: groupMap(Object.values(groups), [
      ...Object.values(known.nodes),
      ...Object.values(known.saved_queries),
      ...Object.values(known.semantic_models),
      ...Object.values(known.metrics),
    ]),
  }
  return {
    manifest: freeze(manifest),
    renderer,
    lookup: new NodeLookup(rootName, manifest),
    failed,
    ...finders(places, locate),
  }
}

/** Where nodes are defined, without holding on to all that parsing went by. */
function finders(
  places: ReadonlyMap<string, NodePlace>,
  locate: (origin: Origin) => Location,
): Pick<ParsedPackages, 'places' | 'locationOf' | 'fileNameOf' | 'fileOf'> {
  return {
    places,
    locationOf: (id) => locationOf(places.get(id), locate),
    fileNameOf: (id) => {
      const { file, properties } = places.get(id) ?? {}
      return file?.shown ?? properties?.origin.file
    },
    fileOf: (id) => places.get(id)?.file,
  }
}

function testsByNode(nodes: ParsedNodes): ReadonlyMap<string, readonly ManifestTest[]> {
  const all = [...nodes.enabled.values(), ...[...nodes.disabled.values()].flat()]
  const tests = all.filter(
    (node): node is ManifestTest => node.resource_type === 'test' && node.attached_node !== null,
  )
  return Map.groupBy(tests, ({ attached_node: node }) => node!)
}

/** A node with its references and docs blocks followed. */
function finish(
  node: ManifestNode,
  linker: Linker,
  docs: DocsBlocks,
  tests: ReadonlyMap<string, readonly ManifestTest[]>,
  scope: ParseScope,
  nodes: ParsedNodes,
): ManifestNode {
  const { description, doc_blocks, columns } = describe(node, docs, scope, nodes)
  const described = { description, doc_blocks, columns }
  const { ids, isBroken } = node.resource_type === 'seed' ? { ids: [], isBroken: false } : linker.link(node)
  const depends_on = ids.length === 0 ? node.depends_on : { ...node.depends_on, nodes: ids }
  if (node.resource_type === 'model') {
    return {
      ...node,
      ...described,
      depends_on,
      primary_key: primaryKey(node, tests.get(node.unique_id) ?? []),
    }
  }
  const config = isBroken && node.resource_type === 'test' ? { ...node.config, enabled: false } : node.config
  return { ...node, ...described, depends_on, config }
}

type Described = Pick<ManifestNode, 'unique_id' | 'description' | 'doc_blocks' | 'columns' | 'package_name'>

function describe<T extends Described>(node: T, docs: DocsBlocks, scope: ParseScope, nodes: ParsedNodes): T {
  if (!hasTemplate(node)) return node
  const render = (text: string) => renderedDescription(text, node, docs, scope, nodes)
  const columns = Object.entries(node.columns).map(([name, column]) => [
    name,
    { ...column, ...render(column.description) },
  ])
  return { ...node, ...render(node.description), columns: Object.fromEntries(columns) }
}

/** A description with its docs blocks; what is wrong with it is noted. */
function renderedDescription(
  text: string,
  { unique_id: id, package_name: packageName }: Pick<Described, 'unique_id' | 'package_name'>,
  docs: DocsBlocks,
  { diagnostics }: ParseScope,
  nodes: ParsedNodes,
): ReturnType<DocsBlocks['render']> {
  if (!text.includes('{')) return { description: text, doc_blocks: [] }
  try {
    return docs.render(text, packageName, id)
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    const { code, message, hint } = error
    diagnostics.error(new WaterworksError(code, { message, hint, location: nodes.locationOf(id) }))
    return { description: text, doc_blocks: [] }
  }
}

function hasTemplate({ description, columns }: Described): boolean {
  if (description.includes('{')) return true
  for (const name in columns) if (columns[name]!.description.includes('{')) return true
  return false
}

function refuseGroups(
  all: readonly ManifestNode[],
  known: ReadonlySet<string>,
  { diagnostics }: ParseScope,
  nodes: ParsedNodes,
): void {
  for (const { group, name, resource_type: kind, unique_id: id } of all) {
    if (group === null || known.has(group)) continue
    const near = suggest(group, known)
    diagnostics.error(
      new WaterworksError('WW1219', {
        message: `The ${kind} "${name}" is in the group "${group}", which does not exist.`,
        location: nodes.locationOf(id),
        hint: near ? `Did you mean "${near}"?` : undefined,
      }),
    )
  }
}

function groupMap(
  groups: readonly { readonly name: string }[],
  members: readonly { readonly unique_id: string; readonly group: string | null }[],
): Manifest['group_map'] {
  const map: Record<string, string[]> = {}
  for (const { name } of groups) map[name] = []
  for (const { group, unique_id: id } of members) if (group !== null) map[group]?.push(id)
  return map
}
