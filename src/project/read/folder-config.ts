import { isMapping } from '../yaml/is-mapping.ts'

export interface FolderConfigEntry {
  /** Keys of `models:` that lead here: project, folders, and perhaps a model. */
  readonly path: readonly string[]
  readonly config: Readonly<Record<string, unknown>>
}

/** Configurations that may stand without a `+`, as in dbt's older projects; other bare keys are folders. */
const BARE_CONFIGS: ReadonlySet<string> = new Set([
  ...[
    'enabled',
    'materialized',
    'schema',
    'database',
    'alias',
    'tags',
    'pre-hook',
    'post-hook',
    'persist_docs',
  ],
  ...[
    'full_refresh',
    'unique_key',
    'on_schema_change',
    'incremental_strategy',
    'grants',
    'group',
    'access',
    'docs',
  ],
  ...[
    'meta',
    'quoting',
    'contract',
    'transient',
    'sql_header',
    'event_time',
    'batch_size',
    'begin',
    'lookback',
  ],
])

/** The tree under `models:` of dbt_project.yml as a list, parents before children. */
export function flattenFolderConfig(tree: unknown, path: readonly string[] = []): FolderConfigEntry[] {
  if (!isMapping(tree)) return []
  const config: Record<string, unknown> = {}
  const children: FolderConfigEntry[] = []
  for (const [key, value] of Object.entries(tree)) {
    if (key.startsWith('+')) config[key.slice(1)] = value
    else if (!isMapping(value) || (path.length > 0 && BARE_CONFIGS.has(key))) config[key] = value
    else children.push(...flattenFolderConfig(value, [...path, key]))
  }
  return Object.keys(config).length > 0 ? [{ path, config }, ...children] : children
}

/** Whether an entry applies to the model with these names: the project, its folders and its own name. */
export function appliesTo(entry: FolderConfigEntry, names: readonly string[]): boolean {
  return entry.path.length <= names.length && entry.path.every((segment, index) => segment === names[index])
}

/** Hooks of inner folders are added to those of outer ones, as are tags; meta and grants are merged key by key. */
export function mergeFolderConfig(
  outer: Readonly<Record<string, unknown>>,
  inner: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...outer }
  for (const [key, value] of Object.entries(inner)) {
    const before = outer[key]
    if (before !== undefined && ADDED.has(key)) merged[key] = [...new Set([...list(before), ...list(value)])]
    else if (isMapping(before) && isMapping(value) && MERGED.has(key)) merged[key] = { ...before, ...value }
    else merged[key] = value
  }
  return merged
}

const ADDED: ReadonlySet<string> = new Set(['tags', 'pre-hook', 'pre_hook', 'post-hook', 'post_hook'])
const MERGED: ReadonlySet<string> = new Set(['meta', 'docs', 'grants', 'persist_docs', 'contract'])

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}
