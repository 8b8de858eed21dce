import { isMapping } from '../project/yaml/is-mapping.ts'
export type Config = Readonly<Record<string, unknown>>

/**
 * Lays configurations over one another, the most specific last: a folder's, a schema.yml's, the file's own. As in dbt,
 * a later value replaces an earlier one, except that tags are added up and meta is merged key by key.
 */
export function mergeConfigs(...layers: readonly Config[]): Config {
  const merged: Record<string, unknown> = {}
  for (const layer of layers) {
    for (const [written, value] of Object.entries(layer)) {
      const key = plainKey(written)
      if (key === 'tags') merged[key] = [...new Set([...tagsOf(merged[key]), ...tagsOf(value)])]
      else if (key === 'meta' && isRecord(value)) merged[key] = { ...asRecord(merged[key]), ...value }
      else merged[key] = value
    }
  }
  return merged
}

/** Folder configurations mark their keys with a plus; `pre-hook` and `pre_hook` are one key. */
export function plainKey(key: string): string {
  return key.replace(/^\+/, '').replaceAll('-', '_')
}

function tagsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function asRecord(value: unknown): Config {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Config {
  return isMapping(value)
}
