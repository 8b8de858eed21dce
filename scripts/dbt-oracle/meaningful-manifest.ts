import { isRecord } from './compare-json.ts'
import type { JsonDocument } from './outcome.ts'

/** Moments, places of this machine, what is compared as compiled code, and dbt's own pages. */
const LEFT_OUT = new Set([
  'created_at',
  'root_path',
  'build_path',
  'compiled_path',
  'compiled',
  'compiled_code',
  'extra_ctes',
  'extra_ctes_injected',
  'deferred',
  'defer_relation',
])
/** Packages that are part of dbt, or of Waterworks: what is in them is not compared, that they are named is. */
const BUILT_IN = /^(?:macro|doc)\.(?:dbt|dbt_duckdb|dbt_postgres|waterworks)\./
/** Lists that stand for sets: dbt finds references by two parsers, each in an order of its own. */
const SETS = new Set(['macros', 'nodes', 'tags', 'supported_languages', 'refs', 'sources'])

/** The parts of a manifest that mean something, in one order. */
export function meaningfulManifest(manifest: JsonDocument): JsonDocument {
  const { metadata, ...rest } = manifest
  const about = isRecord(metadata) ? metadata : {}
  const { dbt_schema_version, project_name, adapter_type } = about
  const parts = Object.entries(rest).map(([name, part]) => [
    name,
    isRecord(part) ? withoutBuiltIn(name === 'group_map' ? unordered(part) : meaningful(part)) : part,
  ])
  return { metadata: { dbt_schema_version, project_name, adapter_type }, ...Object.fromEntries(parts) }
}

/** Members of groups are in the order in which files were found. */
function unordered(groups: JsonDocument): JsonDocument {
  return Object.fromEntries(
    Object.entries(groups).map(([name, ids]) => [
      name,
      Array.isArray(ids) ? ids.map(String).toSorted() : ids,
    ]),
  )
}

function withoutBuiltIn(part: unknown): unknown {
  if (!isRecord(part)) return part
  return Object.fromEntries(Object.entries(part).filter(([id]) => !BUILT_IN.test(id)))
}

function meaningful(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => meaningful(item))
    // dbt notes a macro that is not there as null, which its own schema does not allow.
    return SETS.has(key) ? asSet(items.filter((item) => item !== null)) : items
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, item]) => [name, meaningful(item, name)]),
  )
}

/** Each item once, in one order. */
function asSet(items: readonly unknown[]): readonly unknown[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]))
  return [...byText.keys()].toSorted().map((text) => byText.get(text))
}
