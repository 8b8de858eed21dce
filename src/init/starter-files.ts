import type { Connection } from '../project/project.ts'
import { modelName, pipelineName, type StarterTable } from './starter-table.ts'
import { databasePipelineText } from './text/database-pipeline-text.ts'
import { modelText } from './text/model-text.ts'
import { pipelineText } from './text/pipeline-text.ts'
import { envExample, envText, GITIGNORE, readmeText, waterworksText } from './text/project-texts.ts'
import { propertiesText } from './text/properties-text.ts'

export interface StarterFile {
  /** Relative to the project folder, with `/` between folders. */
  readonly path: string
  readonly text: string
  /** Another file of this name is left as it is, and the project works all the same. */
  readonly optional?: boolean
  /** Only the user may read it. */
  readonly secret?: boolean
}

/** Every file of a starter project, as text. Pure: nothing is written. */
export function starterFiles(
  name: string,
  tables: readonly StarterTable[],
  reserved: ReadonlySet<string>,
  connection?: Connection,
): readonly StarterFile[] {
  return [
    { path: 'waterworks.yml', text: waterworksText(name, connection) },
    ...pipelines(tables, connection),
    ...tables.map((table) => ({
      path: `models/staging/${modelName(table)}.sql`,
      text: modelText(table, reserved),
    })),
    { path: 'models/staging/schema.yml', text: propertiesText(tables) },
    { path: '.gitignore', text: GITIGNORE, optional: true },
    { path: '.env.example', text: envExample(connection), optional: true },
    ...(connection?.password === undefined
      ? []
      : [{ path: '.env', text: envText(connection, connection.password), secret: true }]),
    { path: 'README.md', text: readmeText(name, tables), optional: true },
  ]
}

/** A pipeline for each table of files, and one for all tables of a database. */
function pipelines(
  tables: readonly StarterTable[],
  connection: Connection | undefined,
): readonly StarterFile[] {
  if (connection !== undefined) {
    const text = databasePipelineText(tables, connection.name)
    return [{ path: `pipelines/${pipelineName(tables[0]!)}.yml`, text }]
  }
  return tables.map((table) => ({ path: `pipelines/${pipelineName(table)}.yml`, text: pipelineText(table) }))
}
