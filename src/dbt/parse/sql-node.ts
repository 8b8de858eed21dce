import { WaterworksError } from '../../errors/waterworks-error.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import type { ConfiguredKind, DbtPackage } from '../../project/package.ts'
import type { RelationName } from '../context/relation-name.ts'
import type { ManifestNode, ManifestRef } from '../manifest/manifest-node.ts'
import type { Config } from '../merge-configs.ts'
import { placeOfCall } from '../place-in-text.ts'
import { fromIsoText } from '../python/datetime-module.ts'
import { pythonRepr } from '../python-text.ts'
import type { Reference } from '../reference.ts'
import { columnInfo, recordOf, textsOf } from './column-info.ts'
import { isRecord, listed } from './config-rules.ts'
import type { ParseScope } from './parse-scope.ts'
import type { TemplateText } from './render-text.ts'
import type { ResourceProperties } from './resource-properties.ts'
import type { TemplateReading } from './template-reader.ts'

/** A node before it is read: who it is, and where everything about it stands. */
export interface NodeDraft {
  readonly package: DbtPackage
  readonly resourceType: ManifestNode['resource_type']
  readonly kind: ConfiguredKind
  readonly defaults?: Config
  readonly name: string
  readonly uniqueId: string
  readonly fqn: readonly string[]
  /** Below the folder of its kind. */
  readonly path: string
  readonly originalFilePath: string
  readonly text: TemplateText
  readonly checksum: ManifestNode['checksum']
  readonly properties: ResourceProperties | undefined
  readonly version?: string | number | null
  readonly language?: 'sql' | 'python'
  readonly extra?: Readonly<Record<string, unknown>>
  /** Configuration that is as good as said by config() in the file. */
  readonly called?: Config
}

export interface SqlNode {
  readonly base: Omit<ManifestNode, 'resource_type'>
  readonly enabled: boolean
  readonly reading: TemplateReading
}

/** Reads a node's template and lays its configuration; throws what templates throw. */
export function readSqlNode(draft: NodeDraft, scope: ParseScope, reading = readText(draft, scope)): SqlNode {
  const { kind, name, uniqueId, fqn, properties, defaults } = draft
  const packageName = draft.package.name
  const layers = {
    properties: properties?.config,
    called: draft.called ? { ...draft.called, ...reading.config } : reading.config,
  }
  const config = scope.configs.merged(kind, packageName, fqn, layers, defaults)
  normalizeHooks(config)
  normalizeTags(config, draft)
  if (draft.resourceType === 'test') settleStoredFailures(config)
  settleBegin(config)
  const hooks = readHooks(config, draft, scope)
  const relation = scope.relations.name({ ...identityOf(draft), version: draft.version ?? null }, config)
  const named = snapshotName(draft, config, relation)
  const uses = [...reading.uses, ...hooks.uses]
  const base = {
    unique_id: uniqueId,
    name,
    package_name: packageName,
    path: draft.path,
    original_file_path: draft.originalFilePath,
    fqn,
    database: named.database ?? '',
    schema: named.schema ?? '',
    alias: named.identifier,
    relation_name: hasRelation(draft, config, scope) ? scope.relations.print(named, undefined) : null,
    checksum: draft.checksum,
    config,
    unrendered_config: scope.configs.unrendered(kind, packageName, fqn, layers),
    tags: textsOf(config['tags']),
    description: properties?.description ?? '',
    doc_blocks: [],
    columns: columnInfo(properties?.columns ?? []),
    meta: recordOf(config['meta']),
    group: typeof config['group'] === 'string' ? config['group'] : null,
    docs: docsOf(config),
    patch_path: properties?.patchPath ?? null,
    raw_code: draft.text.text,
    language: draft.language ?? ('sql' as const),
    refs: uses.flatMap((use) => (use.kind === 'ref' ? [refOf(use)] : [])),
    sources: uses.flatMap((use) => (use.kind === 'source' ? [[use.source, use.table]] : [])),
    metrics: reading.metrics,
    ...functionsOf(uses),
    depends_on: { macros: [...new Set([...reading.macros, ...hooks.macros])], nodes: [] },
    contract: contractOf(config),
    created_at: scope.now,
  }
  return { base, enabled: !/^false$/i.test(String(config['enabled'])), reading }
}

/** What the text itself says, in the parse phase. */
export function readText(draft: NodeDraft, scope: ParseScope): TemplateReading {
  return scope.templates.read(draft.text, {
    node: { ...identityOf(draft), ...draft.extra },
    packageName: draft.package.name,
    relation: ownRelation(draft, scope),
    config: () => knownConfig(draft, scope),
  })
}

function knownConfig(
  { kind, package: { name }, fqn, properties, defaults, called }: NodeDraft,
  scope: ParseScope,
): Config {
  return scope.configs.merged(kind, name, fqn, { properties: properties?.config, called }, defaults)
}

function identityOf(draft: NodeDraft) {
  return {
    unique_id: draft.uniqueId,
    name: draft.name,
    resource_type: draft.resourceType,
    package_name: draft.package.name,
    path: draft.path,
    original_file_path: draft.originalFilePath,
    fqn: draft.fqn,
    raw_code: draft.text.text,
    description: draft.properties?.description ?? '',
  }
}

function ownRelation({ name }: NodeDraft, { relations: { database, schema } }: ParseScope): RelationName {
  return { database, schema, identifier: name }
}

/** dbt's older way of saying where a snapshot goes. */
function snapshotName<T extends RelationName>({ resourceType }: NodeDraft, config: Config, relation: T): T {
  if (resourceType !== 'snapshot') return relation
  const { target_database: database, target_schema: schema } = config
  return {
    ...relation,
    ...(typeof database === 'string' && database !== '' ? { database } : {}),
    ...(typeof schema === 'string' && schema !== '' ? { schema } : {}),
  }
}

function hasRelation({ resourceType }: NodeDraft, config: Config, { renderer }: ParseScope): boolean {
  switch (resourceType) {
    case 'model':
      return config['materialized'] !== 'ephemeral'
    case 'seed':
    case 'snapshot':
      return true
    case 'test':
      return config['store_failures'] === true || renderer.settings.flags?.['STORE_FAILURES'] === true
    default:
      return false
  }
}

function readHooks(
  config: Config,
  draft: NodeDraft,
  scope: ParseScope,
): Pick<TemplateReading, 'uses' | 'macros'> {
  const hooks = [...listed(config['pre-hook']), ...listed(config['post-hook'])]
  if (hooks.length === 0) return { uses: [], macros: [] }
  const readings = hooks.map((hook) => {
    const sql = isRecord(hook) ? hook['sql'] : undefined
    return scope.templates.read(
      { text: typeof sql === 'string' ? sql : '', shown: draft.text.shown, firstLine: 1 },
      {
        node: { ...identityOf(draft), ...draft.extra },
        packageName: draft.package.name,
        relation: ownRelation(draft, scope),
        config: () => config,
      },
    )
  })
  return { uses: readings.flatMap(({ uses }) => uses), macros: readings.flatMap(({ macros }) => macros) }
}

/** Every hook as dbt keeps it: its SQL, and whether it runs in the transaction. */
function normalizeHooks(config: Record<string, unknown>): void {
  for (const key of ['pre-hook', 'post-hook']) {
    if (config[key] !== undefined) config[key] = listed(config[key]).map(hookOf)
  }
}

function hookOf(hook: unknown): unknown {
  const given = isRecord(hook)
    ? hook
    : typeof hook === 'string'
      ? (parsedHook(hook) ?? { sql: hook })
      : { sql: String(hook) }
  return { sql: given['sql'], transaction: given['transaction'] !== false, index: given['index'] ?? null }
}

/** before_begin() and after_commit() print a hook as JSON. */
function parsedHook(text: string): Config | undefined {
  if (!text.trimStart().startsWith('{') || text.trimStart().startsWith('{{')) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Two settings say whether a test's failures are kept; the newer one decides. */
function settleStoredFailures(config: Record<string, unknown>): void {
  const { store_failures: stored, store_failures_as: as } = config
  if (as === null || as === undefined) {
    config['store_failures_as'] = stored === true ? 'table' : stored === false ? 'ephemeral' : null
  } else config['store_failures'] = as !== 'ephemeral'
}

/** dbt keeps the beginning of a microbatch model as a moment. What is no moment is told of when the model is built. */
function settleBegin(config: Record<string, unknown>): void {
  const { begin, incremental_strategy: strategy } = config
  if (strategy !== 'microbatch' || typeof begin !== 'string') return
  try {
    config['begin'] = fromIsoText(begin).isoText('T')
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
  }
}

function normalizeTags(config: Record<string, unknown>, { text }: NodeDraft): void {
  const given = listed(config['tags'])
  const tags = textsOf(given)
  if (tags.length < given.length) {
    throw new WaterworksError('WW1212', {
      message: `The configuration "tags" must be a text or a list of texts, not ${pythonRepr(given)}.`,
      location: placeOfCall(text.shown, text.text, 'config'),
    })
  }
  config['tags'] = tags.length < 2 ? tags : [...new Set(tags)]
}

function docsOf(config: Config): ManifestNode['docs'] {
  const { show, node_color } = recordOf(config['docs'])
  return { show: show !== false, node_color: typeof node_color === 'string' ? node_color : null }
}

function contractOf(config: Config): ManifestNode['contract'] {
  const { enforced, alias_types } = recordOf(config['contract'])
  return { enforced: enforced === true, alias_types: alias_types !== false, checksum: null }
}

/** As dbt 1.11 has them; nothing where none is called, as before it. */
function functionsOf(uses: readonly Reference[]): Pick<ManifestNode, 'functions'> {
  const functions = uses.flatMap((use) =>
    use.kind === 'function' ? [use.package === undefined ? [use.function] : [use.package, use.function]] : [],
  )
  return functions.length === 0 ? {} : { functions }
}

export function refOf({ model, package: name, version }: Extract<Reference, { kind: 'ref' }>): ManifestRef {
  return { name: model, package: name ?? null, version: version ?? null }
}
