import { resolve } from 'node:path'
import { ProjectErrors } from '../errors/project-errors.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { readEnvironment } from './environment/read-environment.ts'
import { References } from './environment/references.ts'
import { isProjectRoot, notAProject } from './find-project-root.ts'
import { freeze } from './freeze.ts'
import { Intake } from './intake.ts'
import type { Environment } from './interpolate.ts'
import type { DbtPackage } from './package.ts'
import type { ModelFile, ModelProperties, Project } from './project.ts'
import { ProjectFiles, type TextFile } from './project-files.ts'
import { readConnections } from './read/connections.ts'
import { DBT_PROJECT_FILE, readDbtProject, readVars } from './read/dbt-project.ts'
import { findProfiles } from './read/find-profiles.ts'
import { readModels, toSqlFile } from './read/models.ts'
import { readPackages } from './read/packages.ts'
import { readPipelines } from './read/pipelines.ts'
import { PropertiesReader } from './read/properties.ts'
import { resolveTargets } from './read/targets.ts'
import { readWaterworks, WATERWORKS_FILE } from './read/waterworks.ts'
import { asList } from './schema/fields.ts'
import { isMapping } from './yaml/is-mapping.ts'

export interface LoadOptions {
  /** Variables for `${NAME}` and env_var(); those of the process and of the project's `.env` unless given. */
  readonly env?: Environment
  /**
   * The target that was asked for; its variables and secrets must be there, those of the others need not be. `*` for
   * none in particular, with all that can be used.
   */
  readonly target?: string | undefined
  /** The folder of profiles.yml; found as dbt does unless given. */
  readonly profilesDir?: string | undefined
  /** Whether the project's command for secrets may be run; without it they are empty. True unless given. */
  readonly askSecrets?: boolean
  /** Gets every secret value as it is met, also when loading fails in the end: none of them may be shown. */
  readonly secrets?: Set<string>
}

const YAML = ['.yml', '.yaml']
const DEFAULT_THREADS = 4

/**
 * Reads and validates every file of the project in the folder `root`. Throws ProjectErrors with all of its mistakes
 * and warnings, in file order, when there is at least one mistake; WaterworksError WW1001 when it is no project.
 */
export async function loadProject(root: string, options: LoadOptions = {}): Promise<Project> {
  const folder = resolve(root)
  if (!isProjectRoot(folder)) throw notAProject(folder)
  const references = new References({
    root: folder,
    env: options.env ?? readEnvironment(folder, process.env),
    secrets: options.secrets ?? new Set(),
    askSecrets: options.askSecrets ?? true,
  })
  const wanted = options.target === '*' ? undefined : options.target
  const intake = new Intake()
  const { diagnostics } = intake
  const files = new ProjectFiles(folder, diagnostics)

  const [waterworksText, dbtText] = [WATERWORKS_FILE, DBT_PROJECT_FILE].map((path) => files.read(path))
  const written = waterworksText && intake.yaml(WATERWORKS_FILE, waterworksText.text, 'core')
  const { valid: waterworks, lacking } = readWaterworks(
    { written, references, target: options.target },
    intake,
  )
  const dbtWritten = dbtText && intake.yaml(DBT_PROJECT_FILE, dbtText.text, 'pyyaml')
  const dbt = readDbtProject(dbtWritten, references, intake)
  const name = waterworks.name ?? dbt?.name
  if (name === undefined && !diagnostics.hasErrors) {
    const file = waterworksText ? WATERWORKS_FILE : DBT_PROJECT_FILE
    intake.error('WW1005', { file, path: [] }, { message: 'the project has no "name"', hint: 'Add "name".' })
  }
  const { targets, defaultTarget } = resolveTargets(
    {
      waterworks,
      profile: dbt?.profile,
      profiles:
        dbt?.profile === undefined
          ? undefined
          : findProfiles(folder, options.profilesDir, files, references, intake),
      wanted,
      references,
      declared: isMapping(written) && isMapping(written['targets']) ? Object.keys(written['targets']) : [],
    },
    intake,
  )

  const modelPaths = dbt?.['model-paths'] === undefined ? ['models'] : asList(dbt['model-paths'])
  const macroPaths = dbt?.['macro-paths'] === undefined ? ['macros'] : asList(dbt['macro-paths'])
  const testPaths = dbt?.['test-paths'] === undefined ? ['tests'] : asList(dbt['test-paths'])
  const macroFiles = files.readAll(macroPaths, ['.sql'])
  const testFiles = files.readAll(testPaths, ['.sql'])
  const generic = testFiles.filter(({ path }) => isGeneric(path, testPaths))
  const connections = readConnections(waterworks.connections, lacking, intake)
  const pipelines = readPipelines(files.readAll(['pipelines'], YAML), waterworks, references, intake)
  const models = readModels(files.readAll(modelPaths, ['.sql']), {
    project: dbt?.name ?? name ?? '',
    modelPaths,
    tree: dbt?.models,
    intake,
  })
  const properties = new PropertiesReader({ intake, ownTests: definedTests([...macroFiles, ...generic]) })
  const packages = readPackages(
    { name: dbt?.name ?? name ?? '', root: folder, file: dbt, written: dbtWritten, files },
    references,
    intake,
  )
  for (const { shown, document } of packages[0]!.properties) properties.add(shown, document)
  refuseOrphans(properties.models, models, intake)
  noteUnusedFiles(files, modelPaths, dbt, intake)

  if (diagnostics.hasErrors || name === undefined) throw new ProjectErrors(diagnostics.all())
  const data = {
    name,
    root: folder,
    targets,
    defaultTarget,
    vars: { ...readVars(dbt?.vars, dbt?.name ?? name), ...waterworks.vars },
    publish: waterworks.publish ?? 'after_tests',
    threads: waterworks.threads ?? targets[defaultTarget]?.threads ?? DEFAULT_THREADS,
    connections,
    pipelines,
    packages: packages.map((one) => (one.kind === 'root' ? withVars(one, waterworks.vars) : one)),
    models,
    singularTests: testFiles.filter((file) => !generic.includes(file)).map(toSqlFile),
    macros: [...macroFiles, ...generic].map(toSqlFile),
    modelProperties: Object.fromEntries(properties.models),
    sourceProperties: Object.fromEntries(properties.sources),
    secrets: [...references.secrets],
  }
  return Object.freeze({
    ...freeze(data),
    warnings: Object.freeze([...diagnostics.all()]),
    locate: (origin) => intake.locate(origin),
  } satisfies Project)
}

/** Variables of waterworks.yml stand beside those of dbt_project.yml, and win. */
function withVars(root: DbtPackage, vars: DbtPackage['config']['vars'] | undefined): DbtPackage {
  return { ...root, config: { ...root.config, vars: { ...root.config.vars, ...vars } } }
}

/** Tests of the project's own, generic ones: `{% test name(…) %}`, or a macro called test_name. */
function definedTests(files: readonly TextFile[]): ReadonlySet<string> {
  const definition = /\{%-?\s*(?:test\s+|macro\s+test_)(\w+)\s*\(/g
  return new Set(files.flatMap(({ text }) => [...text.matchAll(definition)].map(([, name]) => name!)))
}

function isGeneric(path: string, testPaths: readonly string[]): boolean {
  return testPaths.some((folder) => path.startsWith(`${folder.replace(/\/$/, '')}/generic/`))
}

function refuseOrphans(
  described: ReadonlyMap<string, ModelProperties>,
  models: readonly ModelFile[],
  intake: Intake,
): void {
  const names = new Set(models.map((model) => model.name))
  for (const [name, { tests, columns, origin }] of described) {
    const tested = tests.length > 0 || columns.some((column) => column.tests.length > 0)
    if (names.has(name) || !tested) continue
    const near = suggest(name, names)
    intake.error(
      'WW1207',
      { file: origin.file, path: [...origin.path, 'name'] },
      {
        message: `there are tests for a model "${name}", which does not exist`,
        hint: near ? `Did you mean "${near}"?` : undefined,
      },
    )
  }
}

/** Says which files of dbt's kinds lie there and are not used yet. */
function noteUnusedFiles(
  files: ProjectFiles,
  modelPaths: readonly string[],
  dbt: ReturnType<typeof readDbtProject>,
  intake: Intake,
): void {
  const kinds = [
    { folders: asList(dbt?.['seed-paths'] ?? 'seeds'), endings: ['.csv'], what: 'seeds' },
    {
      folders: asList(dbt?.['snapshot-paths'] ?? 'snapshots'),
      endings: ['.sql', ...YAML],
      what: 'snapshots',
    },
    { folders: modelPaths, endings: ['.py'], what: 'models in Python' },
  ]
  for (const { folders, endings, what } of kinds) {
    const [first] = files.list(folders, endings)
    if (first === undefined) continue
    const location = { file: first, line: 1, column: 1 }
    intake.diagnostics.warn(new WaterworksError('WW1912', { message: `${what} are not built yet`, location }))
  }
}
