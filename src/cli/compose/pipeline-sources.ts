import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import { Diagnostics } from '../../errors/diagnostics.ts'
import { draftSources } from '../../graph/build/draft-sources.ts'
import type { Project } from '../../project/project.ts'

/** The tables that pipelines fill, as sources of a manifest. */
export function pipelineSources(
  project: Project,
  database: string,
  quoted: (name: string) => string,
): readonly ManifestSource[] {
  const drafts = [...draftSources(project, new Diagnostics()).values()]
  return drafts
    .filter(({ pipeline }) => pipeline !== undefined)
    .map(({ uniqueId, source, table, relation, tags, origin }) => {
      const schema = relation.schema ?? 'main'
      return {
        unique_id: uniqueId,
        name: table,
        resource_type: 'source',
        package_name: project.name,
        path: origin.file,
        original_file_path: origin.file,
        fqn: [project.name, source, table],
        database,
        schema,
        identifier: relation.name,
        relation_name: [database, schema, relation.name].map(quoted).join('.'),
        source_name: source,
        source_description: '',
        source_meta: {},
        loader: '',
        loaded_at_field: null,
        loaded_at_query: null,
        freshness: null,
        quoting: {},
        external: null,
        description: '',
        doc_blocks: [],
        columns: {},
        meta: {},
        tags,
        config: { enabled: true },
        unrendered_config: {},
        patch_path: null,
        created_at: 0,
      }
    })
}

/** The manifest with the sources that pipelines fill where their pipelines put them, whatever a properties file says of them. */
export function withPipelineRelations(manifest: Manifest, filled: readonly ManifestSource[]): Manifest {
  const sources = { ...manifest.sources }
  for (const { unique_id, database, schema, identifier, relation_name } of filled) {
    const declared = sources[unique_id]
    if (declared !== undefined) {
      sources[unique_id] = { ...declared, database, schema, identifier, relation_name }
    }
  }
  return { ...manifest, sources }
}
