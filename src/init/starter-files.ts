import { modelName, pipelineName, type StarterTable } from './starter-table.ts'
import { modelText } from './text/model-text.ts'
import { pipelineText } from './text/pipeline-text.ts'
import { ENV_EXAMPLE, GITIGNORE, readmeText, waterworksText } from './text/project-texts.ts'
import { propertiesText } from './text/properties-text.ts'

export interface StarterFile {
  /** Relative to the project folder, with `/` between folders. */
  readonly path: string
  readonly text: string
  /** Another file of this name is left as it is, and the project works all the same. */
  readonly optional?: boolean
}

/** Every file of a starter project, as text. Pure: nothing is written. */
export function starterFiles(
  name: string,
  tables: readonly StarterTable[],
  reserved: ReadonlySet<string>,
): readonly StarterFile[] {
  return [
    { path: 'waterworks.yml', text: waterworksText(name) },
    ...tables.map((table) => ({ path: `pipelines/${pipelineName(table)}.yml`, text: pipelineText(table) })),
    ...tables.map((table) => ({
      path: `models/staging/${modelName(table)}.sql`,
      text: modelText(table, reserved),
    })),
    { path: 'models/staging/schema.yml', text: propertiesText(tables) },
    { path: '.gitignore', text: GITIGNORE, optional: true },
    { path: '.env.example', text: ENV_EXAMPLE, optional: true },
    { path: 'README.md', text: readmeText(name, tables), optional: true },
  ]
}
