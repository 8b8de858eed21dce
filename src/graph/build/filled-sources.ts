import type { FilledSource } from '../../dbt/parse/parse-sources.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { childName } from '../../naming/child-name.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import { nestingOf, type Pipeline, streamsOf } from '../../project/pipeline.ts'
import type { Project } from '../../project/project.ts'
import { rawTableName } from '../../project/raw-table-name.ts'

export interface Filled {
  readonly sources: readonly FilledSource[]
  /** Unique ids of pipelines by those of the sources they fill. */
  readonly pipelineOf: ReadonlyMap<string, string>
}

export function pipelineId(project: Project, pipeline: Pipeline): string {
  return `pipeline.${project.name}.${pipeline.name}`
}

/**
 * The tables of a pipeline's streams, those of their versions where these stand in tables of their own, and those of the lists
 * that it names.
 */
function tablesOf({
  extract,
  load,
}: Pipeline): readonly { readonly table: string; readonly identifier: string }[] {
  const isBeside = traitsOf(load.strategy).versions === 'beside it'
  return streamsOf(extract).flatMap((table) => {
    const identifier = rawTableName(extract.sourceSystem, table)
    const own = { table, identifier }
    const lists = Object.entries(nestingOf(load, table)?.paths ?? {})
      .filter(([, as]) => as === 'tables')
      .map(([path]) => {
        const name = (of: string) => childName(of, path.split('.'), load.names ?? 'as_found')
        return { table: name(table), identifier: name(identifier) }
      })
    if (!isBeside) return [own, ...lists]
    return [own, { table: `${table}_history`, identifier: `${identifier}_history` }]
  })
}

/**
 * Every table that a pipeline fills: one per stream, at `<schema>.raw_<source system>_<table>`, under scd4 another of its
 * versions, `…_history`, and one per list that it names, `…__<path>`. WW1204 when two pipelines fill the
 * same one. `root` is the name of the root package, in which they are sources.
 */
export function filledSources(project: Project, root: string, diagnostics: Diagnostics): Filled {
  const filledBy = new Map<string, Pipeline>()
  const pipelineOf = new Map<string, string>()
  const sources: FilledSource[] = []
  for (const pipeline of project.pipelines.toSorted((a, b) => (a.origin.file < b.origin.file ? -1 : 1))) {
    const source = pipeline.extract.sourceSystem
    for (const { table, identifier } of tablesOf(pipeline)) {
      const id = `source.${root}.${source}.${table}`
      const other = filledBy.get(id)
      if (other) {
        diagnostics.error(
          new WaterworksError('WW1204', {
            message: `The pipelines "${other.name}" and "${pipeline.name}" both fill source('${source}', '${table}').`,
            location: project.locate(pipeline.origin),
          }),
        )
        continue
      }
      filledBy.set(id, pipeline)
      pipelineOf.set(id, pipelineId(project, pipeline))
      const { tags, origin } = pipeline
      sources.push({ source, table, schema: pipeline.load.schema, identifier, tags, origin })
    }
  }
  return { sources, pipelineOf }
}
