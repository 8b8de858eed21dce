import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type Pipeline, streamsOf } from '../../project/pipeline.ts'
import type { Project } from '../../project/project.ts'
import { rawTableName } from '../../project/raw-table-name.ts'
import type { SourceDraft } from './drafts.ts'

/** `source.table` as source() asks for it. */
export function sourceKey(source: string, table: string): string {
  return `${source}.${table}`
}

export function pipelineId(project: Project, pipeline: Pipeline): string {
  return `pipeline.${project.name}.${pipeline.name}`
}

/**
 * Every table that source() can name: one per stream of a pipeline, at `<schema>.raw_<source system>_<table>`, and those
 * that only a schema.yml declares. WW1204 when two pipelines fill the same one.
 */
export function draftSources(project: Project, diagnostics: Diagnostics): ReadonlyMap<string, SourceDraft> {
  const drafts = new Map<string, SourceDraft>()
  const filledBy = new Map<string, Pipeline>()
  for (const pipeline of project.pipelines.toSorted((a, b) => (a.origin.file < b.origin.file ? -1 : 1))) {
    const source = pipeline.extract.sourceSystem
    for (const table of streamsOf(pipeline.extract)) {
      const key = sourceKey(source, table)
      const other = filledBy.get(key)
      if (other) {
        diagnostics.error(
          new WaterworksError('WW1204', {
            message: `The pipelines "${other.name}" and "${pipeline.name}" both fill source('${source}', '${table}').`,
            location: project.locate(pipeline.origin),
          }),
        )
        continue
      }
      filledBy.set(key, pipeline)
      drafts.set(key, {
        uniqueId: `source.${project.name}.${key}`,
        source,
        table,
        relation: { schema: pipeline.load.schema, name: rawTableName(source, table) },
        pipeline: pipelineId(project, pipeline),
        properties: project.sourceProperties[key],
        tags: pipeline.tags,
        origin: pipeline.origin,
      })
    }
  }
  for (const [key, properties] of Object.entries(project.sourceProperties)) {
    if (drafts.has(key)) continue
    const { source, table, schema, identifier, origin } = properties
    drafts.set(key, {
      uniqueId: `source.${project.name}.${key}`,
      source,
      table,
      // dbt's defaults: a source is a schema of its own name, and a table's identifier is its name.
      relation: { schema: schema ?? source, name: identifier ?? table },
      pipeline: undefined,
      properties,
      tags: [],
      origin,
    })
  }
  return drafts
}
