import type { ConfiguredKind } from '../../project/package.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import type { Config } from '../merge-configs.ts'

/** Keys whose values of all layers are joined. */
const APPENDED: ReadonlySet<string> = new Set(['tags', 'pre-hook', 'post-hook', 'packages'])
/** Keys whose mappings are joined, the later layer's entries winning. */
const UPDATED: ReadonlySet<string> = new Set(['meta', 'quoting', 'column_types', 'docs', 'contract'])

const RENAMED: Readonly<Record<string, string>> = { pre_hook: 'pre-hook', post_hook: 'post-hook' }

/** The name under which a manifest has a configuration key. */
export function manifestKey(key: string): string {
  return RENAMED[key] ?? key
}

/**
 * Lays one layer of configuration over those before it, as dbt does: tags and hooks are added up, meta and the like are merged
 * key by key, grants are where they are marked with a plus, and whatever else replaces what was there, as do the keys that are
 * `replaced`.
 */
export function layConfig(
  result: Record<string, unknown>,
  layer: Config,
  replaced: readonly string[] = [],
): void {
  for (const written in layer) {
    const key = manifestKey(written)
    const value = layer[written]
    if (replaced.includes(key)) result[key] = value
    else if (APPENDED.has(key)) result[key] = [...listed(result[key]), ...listed(value)]
    else if (key === 'grants' && isRecord(value)) result[key] = grantsOf(asRecord(result[key]), value)
    else if (UPDATED.has(key) && isRecord(value)) result[key] = { ...asRecord(result[key]), ...value }
    else result[key] = value
  }
}

/** Keys that say where a node is, and have no say in what it is. */
const named = { enabled: true, alias: null, schema: null, database: null, tags: [], meta: {}, group: null }

const node = {
  ...named,
  materialized: 'view',
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: {},
  'post-hook': [],
  'pre-hook': [],
  quoting: {},
  column_types: {},
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: {},
  packages: [],
  docs: { show: true, node_color: null },
  contract: { enforced: false, alias_types: true },
  event_time: null,
  concurrent_batches: null,
}

/** What dbt takes for granted, by kind: the keys that every config of a manifest has. */
const DEFAULTS: Readonly<Record<ConfiguredKind, Config>> = {
  models: { ...node, access: 'protected', freshness: null },
  seeds: { ...node, materialized: 'seed', delimiter: ',', quote_columns: null },
  functions: {
    ...node,
    materialized: 'function',
    type: 'scalar',
    volatility: null,
    runtime_version: null,
    entry_point: null,
  },
  snapshots: {
    ...node,
    materialized: 'snapshot',
    strategy: null,
    target_schema: null,
    target_database: null,
    updated_at: null,
    check_cols: null,
    dbt_valid_to_current: null,
    hard_deletes: null,
    snapshot_meta_column_names: {
      dbt_valid_to: null,
      dbt_valid_from: null,
      dbt_scd_id: null,
      dbt_updated_at: null,
      dbt_is_deleted: null,
    },
  },
  data_tests: {
    ...named,
    schema: 'dbt_test__audit',
    materialized: 'test',
    severity: 'ERROR',
    store_failures: null,
    store_failures_as: null,
    where: null,
    limit: null,
    fail_calc: 'count(*)',
    warn_if: '!= 0',
    error_if: '!= 0',
  },
  sources: {
    enabled: true,
    event_time: null,
    freshness: {
      warn_after: { count: null, period: null },
      error_after: { count: null, period: null },
      filter: null,
    },
    loaded_at_field: null,
    loaded_at_query: null,
    meta: {},
    tags: [],
  },
  unit_tests: { tags: [], meta: {}, enabled: true },
  exposures: { enabled: true, tags: [], meta: {} },
  metrics: { enabled: true, group: null, meta: {} },
  semantic_models: { enabled: true, group: null, meta: {} },
  saved_queries: {
    enabled: true,
    group: null,
    meta: {},
    export_as: null,
    schema: null,
    cache: { enabled: false },
  },
}

/** Keys that are not joined for all kinds, as dbt's classes of configuration have it. */
const REPLACED: Readonly<Partial<Record<ConfiguredKind, readonly string[]>>> = {
  sources: ['tags'],
  exposures: ['tags', 'meta'],
  metrics: ['tags'],
  semantic_models: ['tags'],
  saved_queries: ['tags'],
}

/** Of groups, only meta is joined. */
export const replacedOfGroups: readonly string[] = [
  ...[...APPENDED, ...UPDATED].filter((key) => key !== 'meta'),
  'grants',
]

/** The keys of a kind of which a later layer replaces the earlier ones. */
export function replacedKeys(kind: ConfiguredKind): readonly string[] {
  return REPLACED[kind] ?? []
}

/** Operations and analyses have a model's configuration, without what only models have. */
export const nodeDefaults: Config = Object.freeze(node)

export function configDefaults(kind: ConfiguredKind): Config {
  return DEFAULTS[kind]
}

function grantsOf(before: Config, given: Config): Config {
  const grants: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith('+')) {
      const privilege = key.slice(1)
      grants[privilege] = [...listed(grants[privilege]), ...listed(value)]
    } else grants[key] = listed(value)
  }
  return grants
}

export function listed(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

export function isRecord(value: unknown): value is Config {
  return isMapping(value)
}

function asRecord(value: unknown): Config {
  return isRecord(value) ? value : {}
}
