import type { ManifestSource } from '../manifest/manifest-source.ts'
import { columnEntries } from './node-entry.ts'

/** A table of a source as manifest.json has it, its fields in dbt's order. */
export function sourceEntry(source: ManifestSource): Readonly<Record<string, unknown>> {
  return {
    database: source.database,
    schema: source.schema,
    name: source.name,
    resource_type: source.resource_type,
    package_name: source.package_name,
    path: source.path,
    original_file_path: source.original_file_path,
    unique_id: source.unique_id,
    fqn: source.fqn,
    source_name: source.source_name,
    source_description: source.source_description,
    loader: source.loader,
    identifier: source.identifier,
    quoting: { database: null, schema: null, identifier: null, column: null, ...source.quoting },
    loaded_at_field: source.loaded_at_field,
    loaded_at_query: source.loaded_at_query,
    freshness: source.freshness,
    external: source.external,
    description: source.description,
    columns: columnEntries(source.columns),
    meta: source.meta,
    source_meta: source.source_meta,
    tags: source.tags,
    config: source.config,
    patch_path: source.patch_path,
    unrendered_config: source.unrendered_config,
    relation_name: source.relation_name,
    created_at: source.created_at,
    unrendered_database: source.unrendered_database ?? null,
    unrendered_schema: source.unrendered_schema ?? null,
    doc_blocks: source.doc_blocks,
  }
}
