import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Origin } from '../../project/origin.ts'
import { asList } from '../../project/schema/fields.ts'
import type { SourceEntry, TableEntry } from '../../project/schema/properties-file.ts'
import { externalLocation } from '../external-location.ts'
import type { Freshness, FreshnessTime, ManifestSource } from '../manifest/manifest-source.ts'
import type { Config } from '../merge-configs.ts'
import { columnInfo, recordOf, textOf, textsOf } from './column-info.ts'
import { isRecord } from './config-rules.ts'
import { parseGenericTests } from './parse-generic-tests.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'

/** A table that a pipeline of the root project fills: it decides where the table is, whatever a properties file says. */
export interface FilledSource {
  readonly source: string
  readonly table: string
  readonly schema: string
  readonly identifier: string
  readonly tags: readonly string[]
  readonly origin: Origin
}

/**
 * The sources of all packages and those that pipelines fill, by unique id; those that are disabled go into `nodes`, as do the tests of
 * all.
 */
export function parseSources(
  scope: ParseScope,
  nodes: ParsedNodes,
  filled: readonly FilledSource[],
): ReadonlyMap<string, ManifestSource> {
  const sources = new Map<string, ManifestSource>()
  const filledById = new Map(
    filled.map((one) => [`source.${scope.root.name}.${one.source}.${one.table}`, one]),
  )
  const entries = scope.properties.all('sources')
  const overrides = entries.filter(({ entry }) => entry.overrides)
  const used = new Set<object>()
  for (const described of entries) {
    if (described.entry.overrides) continue
    const over = overrides.find(
      ({ entry }) => entry.overrides === described.packageName && entry.name === described.entry.name,
    )
    if (over) used.add(over)
    const source = over ? overridden(described.entry, over.entry) : described.entry
    for (const [index, table] of (described.entry.tables ?? []).entries()) {
      const tableOver = over?.entry.tables?.find(({ name }) => name === table.name)
      const own = tableOver ? overridden(table, tableOver) : table
      parseTable(described, source, own, { index, over, filled: filledById }, scope, nodes, sources)
    }
  }
  for (const over of overrides.filter((one) => !used.has(one))) warnOfUnused(over, entries, scope)
  for (const [id, one] of filledById) {
    if (!sources.has(id)) sources.set(id, undeclared(id, one, scope))
    if (!nodes.places.has(id)) nodes.places.set(id, { properties: { origin: one.origin } })
  }
  return sources
}

interface TableSurroundings {
  readonly index: number
  readonly over: Described<SourceEntry> | undefined
  readonly filled: ReadonlyMap<string, FilledSource>
}

function parseTable(
  { packageName, document, origin, patchPath }: Described<SourceEntry>,
  source: SourceEntry,
  table: TableEntry,
  { index, over, filled }: TableSurroundings,
  scope: ParseScope,
  nodes: ParsedNodes,
  sources: Map<string, ManifestSource>,
): void {
  const place = { file: origin.file, path: [...origin.path, 'tables', index] }
  const uniqueId = `source.${packageName}.${source.name}.${table.name}`
  const fqn = [packageName, ...document.below.split('/').slice(0, -1), source.name, table.name]
  const layers = { properties: configOf(source, table) }
  const config = scope.configs.merged('sources', packageName, fqn, layers)
  const loaded = filled.get(uniqueId)
  const tags = [...new Set([...textsOf(config['tags']), ...(loaded?.tags ?? [])])]
  config['tags'] = tags
  const relation = {
    database: loaded ? scope.relations.database : (source.database ?? scope.relations.database),
    schema: loaded?.schema ?? source.schema ?? source.name,
    identifier: loaded?.identifier ?? table.identifier ?? table.name,
  }
  const quoting = { ...recordOf(source.quoting), ...recordOf(table.quoting) }
  const written = document.document.sources?.[Number(origin.path[1])]
  const part = (name: string) => (typeof quoting[name] === 'boolean' ? quoting[name] : null)
  const found: ManifestSource = {
    resource_type: 'source',
    unique_id: uniqueId,
    name: table.name,
    package_name: packageName,
    path: document.path,
    original_file_path: document.path,
    fqn,
    ...relation,
    relation_name: scope.relations.print(relation, quoting),
    source_name: source.name,
    source_description: source.description ?? '',
    source_meta: { ...recordOf(source.meta), ...recordOf(source.config?.['meta']) },
    loader: source.loader ?? '',
    loaded_at_field: textOf(config['loaded_at_field']),
    loaded_at_query: textOf(config['loaded_at_query']),
    freshness: freshnessOf(config['freshness']),
    quoting: {
      database: part('database'),
      schema: part('schema'),
      identifier: part('identifier'),
      column: part('column'),
    },
    external: isRecord(table.external) ? table.external : null,
    description: table.description ?? '',
    doc_blocks: [],
    columns: columnInfo(table.columns ?? []),
    meta: recordOf(config['meta']),
    tags,
    config,
    unrendered_config: scope.configs.unrendered('sources', packageName, fqn, layers),
    patch_path: over?.patchPath ?? null,
    unrendered_database: written?.database ?? null,
    unrendered_schema: written?.schema ?? null,
    created_at: scope.now,
  }
  const node = { ...found, relation_name: externalLocation(found) ?? found.relation_name }
  if (config['enabled'] === false) nodes.addDisabled(node, { properties: { origin: place } })
  else if (sources.has(uniqueId)) {
    const other = scope.locate(nodes.places.get(uniqueId)!.properties!.origin)
    scope.diagnostics.error(
      new WaterworksError('WW1032', {
        message: `the source table "${source.name}.${table.name}" is described twice`,
        location: scope.locate(place),
        hint: `It is in ${other.file}:${other.line} as well.`,
      }),
    )
    return
  } else {
    sources.set(uniqueId, node)
    nodes.places.set(uniqueId, { properties: { origin: place } })
  }
  parseGenericTests(
    {
      subject: { kind: 'source', source: source.name, table: table.name },
      package: scope.packages.find(({ name }) => name === packageName)!,
      path: patchPath.slice(patchPath.indexOf('://') + 3),
      fileKey: `sources.${source.name}`,
      tags: [...asList(source.tags), ...asList(table.tags)],
      columns: table.columns ?? [],
      tests: table.tests ?? [],
      dataTests: table.data_tests ?? [],
      quoteColumns: recordOf(quoting)['column'] === true,
      attachedNode: null,
      group: null,
      origin: place,
    },
    scope,
    nodes,
  )
}

/** A table that only its pipeline speaks of. */
function undeclared(uniqueId: string, one: FilledSource, scope: ParseScope): ManifestSource {
  const { source, table, schema, identifier, tags, origin } = one
  const fqn = [scope.root.name, ...origin.file.split('/').slice(1, -1), source, table]
  const relation = { database: scope.relations.database, schema, identifier }
  return {
    resource_type: 'source',
    unique_id: uniqueId,
    name: table,
    package_name: scope.root.name,
    path: origin.file,
    original_file_path: origin.file,
    fqn,
    ...relation,
    relation_name: scope.relations.print(relation, undefined),
    source_name: source,
    source_description: '',
    source_meta: {},
    loader: '',
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    quoting: { database: null, schema: null, identifier: null, column: null },
    external: null,
    description: '',
    doc_blocks: [],
    columns: {},
    meta: {},
    tags,
    config: { ...scope.configs.merged('sources', scope.root.name, fqn, {}), tags },
    unrendered_config: {},
    patch_path: null,
    created_at: scope.now,
  }
}

/** A table's configuration: what its source says, then what it says itself; beside `config`, some keys have rules of their own. */
function configOf(source: SourceEntry, table: TableEntry): Config {
  const [of, own] = [source.config ?? {}, table.config ?? {}]
  const config: Record<string, unknown> = { ...of, ...own }
  const freshness = mergedFreshness([
    source.freshness === undefined ? {} : source.freshness,
    'freshness' in of ? of['freshness'] : {},
    table.freshness === undefined ? {} : table.freshness,
    'freshness' in own ? own['freshness'] : {},
  ])
  if (freshness === undefined) delete config['freshness']
  else config['freshness'] = freshness
  // A null beside the config says that there is none; in the config it says nothing.
  const saysField = table.loaded_at_field !== undefined
  config['loaded_at_field'] =
    table.loaded_at_field ??
    own['loaded_at_field'] ??
    (saysField ? null : (source.loaded_at_field ?? of['loaded_at_field'] ?? null))
  config['loaded_at_query'] =
    table.loaded_at_query ??
    own['loaded_at_query'] ??
    (saysField ? null : (source.loaded_at_query ?? of['loaded_at_query'] ?? null))
  config['meta'] = {
    ...recordOf(source.meta),
    ...recordOf(of['meta']),
    ...recordOf(table.meta),
    ...recordOf(own['meta']),
  }
  const tags = [
    ...asList(source.tags),
    ...textsOf(of['tags']),
    ...asList(table.tags),
    ...textsOf(own['tags']),
  ]
  config['tags'] = [...new Set(tags)].sort()
  return config
}

/** Thresholds laid over one another; null where a later one says that there is none, undefined where none says anything. */
function mergedFreshness(layers: readonly unknown[]): Freshness | null | undefined {
  let merged: Freshness | null = NO_FRESHNESS
  let said = false
  for (const layer of layers) {
    if (layer === null) {
      merged = null
      said = true
      continue
    }
    if (!isRecord(layer) || Object.keys(layer).length === 0) continue
    said = true
    const base: Freshness = merged ?? NO_FRESHNESS
    merged = {
      warn_after: mergedTime(base.warn_after, layer, 'warn_after'),
      error_after: mergedTime(base.error_after, layer, 'error_after'),
      filter: textOf(layer['filter']) ?? base.filter,
    }
  }
  return said ? merged : undefined
}

const NO_TIME: FreshnessTime = Object.freeze({ count: null, period: null })
const NO_FRESHNESS: Freshness = Object.freeze({ warn_after: NO_TIME, error_after: NO_TIME, filter: null })

function mergedTime(base: FreshnessTime | null, layer: Config, key: string): FreshnessTime | null {
  if (!Object.hasOwn(layer, key)) return base
  const given = layer[key]
  if (!isRecord(given)) return null
  return { ...(base ?? NO_TIME), ...timeOf(given) }
}

function timeOf({ count, period }: Config): FreshnessTime {
  return {
    count: typeof count === 'number' ? count : null,
    period: period === 'minute' || period === 'hour' || period === 'day' ? period : null,
  }
}

function freshnessOf(value: unknown): Freshness | null {
  if (!isRecord(value)) return null
  return {
    warn_after: isRecord(value['warn_after']) ? timeOf(value['warn_after']) : null,
    error_after: isRecord(value['error_after']) ? timeOf(value['error_after']) : null,
    filter: textOf(value['filter']),
  }
}

/** What a root project says of a package's source, over what the package says. */
function overridden<T extends object>(entry: T, over: object): T {
  const {
    name: _name,
    overrides: _overrides,
    tables: _tables,
    ...given
  } = { name: '', overrides: '', tables: [], ...over }
  return { ...entry, ...given }
}

function warnOfUnused(
  { entry, origin }: Described<SourceEntry>,
  entries: readonly Described<SourceEntry>[],
  scope: ParseScope,
): void {
  const near = suggest(
    entry.name,
    entries.filter((one) => one.packageName === entry.overrides).map((one) => one.entry.name),
  )
  scope.diagnostics.warn(
    new WaterworksError('WW1207', {
      message: `The package "${entry.overrides}" has no source "${entry.name}" to override.`,
      location: scope.locate(origin),
      hint: near ? `Did you mean "${near}"?` : undefined,
    }),
  )
}
