import { posix } from 'node:path'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Intake } from '../intake.ts'
import type { ModelFile, SqlFile } from '../project.ts'
import type { TextFile } from '../project-files.ts'
import { DBT_PROJECT_FILE } from './dbt-project.ts'
import { appliesTo, type FolderConfigEntry, flattenFolderConfig, mergeFolderConfig } from './folder-config.ts'

/** A file of SQL is known by its name without the ending. */
export function toSqlFile({ path, text }: TextFile): SqlFile {
  return { name: posix.basename(path, '.sql'), path, text }
}

export interface ModelSurroundings {
  /** The project's name, the first key of folder configuration. */
  readonly project: string
  readonly modelPaths: readonly string[]
  /** `models:` of dbt_project.yml. */
  readonly tree: unknown
  readonly intake: Intake
}

/** Model files with the configuration of their folders. Invalid names and names used twice are noted. */
export function readModels(files: readonly TextFile[], around: ModelSurroundings): readonly ModelFile[] {
  const entries = flattenFolderConfig(around.tree)
  const used = new Set<FolderConfigEntry>()
  const configs = new Map<string, Readonly<Record<string, unknown>>>()
  const models = files.map((file): ModelFile => {
    const model = toSqlFile(file)
    const names = [around.project, ...foldersOf(file.path, around.modelPaths), model.name]
    const matching = entries.filter((entry) => appliesTo(entry, names))
    for (const entry of matching) used.add(entry)
    const key = matching.map((entry) => entries.indexOf(entry)).join()
    const folderConfig =
      configs.get(key) ?? matching.reduce((outer, { config }) => mergeFolderConfig(outer, config), {})
    configs.set(key, folderConfig)
    return { ...model, folderConfig }
  })
  noteUnused(
    entries.filter((entry) => !used.has(entry) && entry.path.length > 0),
    models,
    around,
  )
  refuseNames(models, around.intake)
  return models
}

function foldersOf(path: string, modelPaths: readonly string[]): readonly string[] {
  const folder = modelPaths
    .map((modelPath) => posix.normalize(`${modelPath}/`))
    .filter((modelPath) => path.startsWith(modelPath))
    .reduce((longest, modelPath) => (modelPath.length > longest.length ? modelPath : longest), '')
  return path.slice(folder.length).split('/').slice(0, -1)
}

function noteUnused(
  entries: readonly FolderConfigEntry[],
  models: readonly ModelFile[],
  around: ModelSurroundings,
): void {
  if (models.length === 0) return
  for (const { path } of entries) {
    const near = path[0] === around.project ? undefined : suggest(path[0]!, [around.project])
    around.intake.warn(
      'WW1034',
      { file: DBT_PROJECT_FILE, path: ['models', ...path] },
      {
        message: `the configuration models.${path.join('.')} applies to no model`,
        hint: near ? `Did you mean "${near}"?` : undefined,
        part: 'key',
      },
    )
  }
}

/** A model may have a namesake if one of the two is disabled, which only the graph can tell for sure. */
const MAY_BE_DISABLED = /config\s*\([^)]*enabled/

function refuseNames(models: readonly ModelFile[], intake: Intake): void {
  const known = new Map<string, ModelFile>()
  for (const model of models) {
    const location = { file: model.path, line: 1, column: 1 }
    if (!/^[^\s"'`]+$/.test(model.name)) {
      intake.diagnostics.error(
        new WaterworksError('WW1017', { message: `"${model.name}" cannot be the name of a model`, location }),
      )
    }
    if (model.folderConfig['enabled'] === false || MAY_BE_DISABLED.test(model.text)) continue
    const other = known.get(model.name)
    if (other) {
      intake.diagnostics.error(
        new WaterworksError('WW1030', {
          message: `two models are called "${model.name}"`,
          location,
          hint: `The other is ${other.path}; rename one of the files.`,
        }),
      )
    }
    known.set(model.name, model)
  }
}
