import { withForeignKeys } from '../foreign-keys.ts'
import type { ManifestColumn, ManifestNode } from '../manifest/manifest-node.ts'
import type { CompiledNode } from './compiled-node.ts'
import { targetPath } from './target-path.ts'

export interface NodeEntryOptions {
  /** The target folder, below the project: `target`. */
  readonly target: string
  readonly compiled: CompiledNode | undefined
  /** Whether what was sent to the warehouse for it has been written to the target folder. */
  readonly ran: boolean
}

type Entry = Readonly<Record<string, unknown>>

/** A node as manifest.json has it, its fields in dbt's order. */
export function nodeEntry(written: ManifestNode, options: NodeEntryOptions): Entry {
  const node = withForeignKeys(written, options.compiled?.foreignKeys)
  const parsed = parsedFields(node, options)
  if (node.resource_type === 'seed') {
    return { ...parsed, root_path: node.root_path, depends_on: { macros: node.depends_on.macros } }
  }
  return { ...parsed, ...codeFields(node, options), ...ownFields(node) }
}

/** Columns by name, with what dbt writes for what they leave out. */
export function columnEntries(columns: Readonly<Record<string, ManifestColumn>>): Entry {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, { ...COLUMN_ORDER, ...column }]),
  )
}

/** The order of a column's fields; what a column says takes the place of what is here. */
const COLUMN_ORDER: Entry = {
  name: '',
  description: '',
  meta: {},
  data_type: null,
  constraints: [],
  quote: null,
  config: { meta: {}, tags: [] },
  tags: [],
  granularity: null,
  doc_blocks: [],
}

function parsedFields(node: ManifestNode, { target, ran }: NodeEntryOptions): Entry {
  return {
    database: node.database,
    schema: node.schema,
    name: node.name,
    resource_type: node.resource_type,
    package_name: node.package_name,
    path: node.path,
    original_file_path: node.original_file_path,
    unique_id: node.unique_id,
    fqn: node.fqn,
    alias: node.alias,
    checksum: node.checksum,
    config: node.config,
    tags: node.tags,
    description: node.description,
    columns: columnEntries(node.columns),
    meta: node.meta,
    group: node.group,
    docs: node.docs,
    patch_path: node.patch_path,
    build_path: ran ? targetPath(node, 'run', target) : null,
    unrendered_config: node.unrendered_config,
    created_at: node.created_at,
    relation_name: node.relation_name,
    raw_code: node.raw_code,
    doc_blocks: node.doc_blocks,
  }
}

function codeFields(node: ManifestNode, { target, compiled }: NodeEntryOptions): Entry {
  // dbt writes no compiled file for snapshots, and says so by a path that is null.
  const written = compiled !== undefined && node.resource_type !== 'snapshot'
  const code =
    compiled === undefined
      ? {}
      : {
          compiled: true,
          compiled_code: compiled.code,
          extra_ctes_injected: true,
          extra_ctes: compiled.extraCtes,
        }
  return {
    language: node.language,
    refs: node.refs,
    sources: node.sources,
    metrics: node.metrics,
    ...(node.functions && { functions: node.functions }),
    depends_on: dependsOn(node, compiled),
    compiled_path: written ? targetPath(node, 'compiled', target) : null,
    ...code,
    contract: node.contract,
  }
}

/** As dbt notes them: what compiling called as well. */
function dependsOn(
  { depends_on: parsed }: ManifestNode,
  compiled: CompiledNode | undefined,
): ManifestNode['depends_on'] {
  if (compiled === undefined || compiled.macros.every((macro) => parsed.macros.includes(macro))) return parsed
  return { macros: [...new Set([...parsed.macros, ...compiled.macros])], nodes: parsed.nodes }
}

function ownFields(node: ManifestNode): Entry {
  if (node.resource_type === 'model') {
    return {
      access: node.access,
      constraints: node.constraints,
      version: node.version,
      latest_version: node.latest_version,
      deprecation_date: node.deprecation_date,
      primary_key: node.primary_key,
      time_spine: node.time_spine,
    }
  }
  if (node.resource_type === 'function') return { arguments: node.arguments, returns: node.returns }
  if (node.resource_type === 'operation') return { index: node.index }
  if (node.resource_type !== 'test' || node.test_metadata === undefined) return {}
  const { name, kwargs, namespace } = node.test_metadata
  return {
    column_name: node.column_name,
    file_key_name: node.file_key_name,
    attached_node: node.attached_node,
    test_metadata: { name, kwargs, namespace },
  }
}
