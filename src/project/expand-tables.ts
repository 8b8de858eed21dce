import { WaterworksError } from '../errors/waterworks-error.ts'
import { freeze } from './freeze.ts'
import type { DatabaseExtract, Pipeline, TablePattern, TableSource } from './pipeline.ts'
import type { Project } from './project.ts'
import { matchesTable, streamName } from './read/table-name.ts'

/** The tables of a database by name, as discovery found them. */
export type FoundTables = readonly TablePattern[]

/** Pipelines whose tables are not known before a look at their source. */
export function unexpanded(project: Project): readonly Pipeline[] {
  return project.pipelines.filter((pipeline) => (pipeline.extract.database?.patterns.length ?? 0) > 0)
}

/**
 * The project with patterns replaced by the tables they match, for every connection of which the tables are known:
 * discovery is a pass before the graph, which stays pure. Throws WW4203 when a pattern matches nothing and WW1022 when
 * two tables would have one name.
 */
export function expandTables(project: Project, found: ReadonlyMap<string, FoundTables>): Project {
  const pipelines = project.pipelines.map((pipeline) => {
    const { database } = pipeline.extract
    const tables = database && found.get(database.connection)
    if (database === undefined || tables === undefined || database.patterns.length === 0) return pipeline
    return {
      ...pipeline,
      extract: { ...pipeline.extract, database: expand(project, pipeline, database, tables) },
    }
  })
  return Object.freeze({ ...project, pipelines: freeze(pipelines) })
}

function expand(
  project: Project,
  pipeline: Pipeline,
  database: DatabaseExtract,
  found: FoundTables,
): DatabaseExtract {
  const location = project.locate(pipeline.origin)
  const byStream = new Map(database.tables.map((table) => [table.table, table]))
  const named = new Set(database.tables.map(fullName))
  for (const pattern of database.patterns) {
    const matched = found.filter((table) => matchesTable(pattern, table))
    if (matched.length === 0) {
      throw new WaterworksError('WW4203', {
        message: `pipeline "${pipeline.name}": no table of connection ${database.connection} matches ${fullName(pattern)}`,
        location,
      })
    }
    for (const table of matched) {
      if (named.has(fullName(table)) || database.exclude.some((exclude) => matchesTable(exclude, table)))
        continue
      named.add(fullName(table))
      const stream = streamName(table.name)
      const other = byStream.get(stream)
      if (other !== undefined) throw sameName(pipeline, other, table, stream, location)
      byStream.set(stream, tableSource(stream, table))
    }
  }
  return { ...database, tables: [...byStream.values()], patterns: [] }
}

function tableSource(table: string, { schema, name }: TablePattern): TableSource {
  return { table, schema, name, incrementalKey: undefined, mergeKeys: undefined, columns: {}, matched: true }
}

function fullName({ schema, name }: TablePattern): string {
  return `${schema}.${name}`
}

function sameName(
  pipeline: Pipeline,
  one: TablePattern,
  other: TablePattern,
  stream: string,
  location: ReturnType<Project['locate']>,
): WaterworksError {
  return new WaterworksError('WW1022', {
    message: `pipeline "${pipeline.name}" fills the table "${stream}" from ${fullName(one)} and ${fullName(other)}`,
    location,
    hint: `Name one of them apart, as {table: ${fullName(other)}, as: …}, or exclude it.`,
  })
}
