import type { ManifestSource } from './manifest/manifest-source.ts'

/**
 * What stands in a query for a source that is no table but files, as dbt-duckdb has it: `external_location` in its meta, with names
 * in braces filled in. Undefined for a table.
 */
export function externalLocation(source: ManifestSource): string | undefined {
  const meta = { ...source.source_meta, ...source.meta }
  const { external_location: location } = { ...meta, ...source.config }
  if (typeof location !== 'string') return undefined
  const { name, identifier, schema, database, source_name } = source
  const values: Readonly<Record<string, unknown>> = {
    ...meta,
    name,
    identifier,
    schema,
    database,
    source_name,
  }
  const filled = location.replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(values, key) ? String(values[key]) : whole,
  )
  return filled.includes('(') || filled.startsWith("'") ? filled : `'${filled}'`
}
