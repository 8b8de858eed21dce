import { resolve } from 'node:path'
import { Diagnostics } from '../errors/diagnostics.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import { readEnvironment } from './environment/read-environment.ts'
import { References } from './environment/references.ts'
import { isProjectRoot, notAProject } from './find-project-root.ts'
import { freeze } from './freeze.ts'
import { Intake } from './intake.ts'
import type { Environment } from './interpolate.ts'
import type { DbtPackage } from './package.ts'
import type { Project } from './project.ts'
import { ProjectFiles, type ReadingOptions } from './project-files.ts'
import { readConnections } from './read/connections.ts'
import { DBT_PROJECT_FILE, readDbtProject } from './read/dbt-project.ts'
import { findProfiles } from './read/find-profiles.ts'
import { readPackages } from './read/packages.ts'
import { readPipelines } from './read/pipelines.ts'
import { readPrivacy } from './read/privacy.ts'
import { readStores } from './read/stores.ts'
import { resolveTargets } from './read/targets.ts'
import { readWaterworks, WATERWORKS_FILE } from './read/waterworks.ts'
import { isMapping } from './yaml/is-mapping.ts'

export interface LoadOptions extends ReadingOptions {
  /** Variables for `${NAME}` and env_var(); those of the process and of the project's `.env` unless given. */
  readonly env?: Environment
  /**
   * The target that was asked for; its variables and secrets must be there, those of the others need not be. `*` for
   * none in particular, with all that can be used.
   */
  readonly target?: string | undefined
  /** The profile, in place of the one that dbt_project.yml names. */
  readonly profile?: string | undefined
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
  const { trail, only } = options
  const intake = new Intake(only && ((file) => new ProjectFiles(folder, new Diagnostics()).read(file)?.text))
  const { diagnostics } = intake
  const files = new ProjectFiles(folder, diagnostics, '', { trail })
  // What is not dbt's is read as it lies, whichever files of packages are.
  const ofPackages = only === undefined ? files : new ProjectFiles(folder, diagnostics, '', { trail, only })

  const [waterworksText, dbtText] = [WATERWORKS_FILE, DBT_PROJECT_FILE].map((path) => files.read(path))
  const written = waterworksText && intake.yaml(WATERWORKS_FILE, waterworksText.text, 'core')
  const { valid: waterworks, lacking } = readWaterworks(
    { written, references, target: options.target },
    intake,
  )
  const dbtWritten = dbtText && intake.yaml(DBT_PROJECT_FILE, dbtText.text, 'python')
  const dbt = readDbtProject(dbtWritten, references, intake)
  const name = waterworks.name ?? dbt?.name
  if (name === undefined && !diagnostics.hasErrors) {
    const file = waterworksText ? WATERWORKS_FILE : DBT_PROJECT_FILE
    intake.error('WW1005', { file, path: [] }, { message: 'the project has no "name"', hint: 'Add "name".' })
  }
  const profile = dbt === undefined ? undefined : (options.profile ?? dbt.profile)
  const { targets, defaultTarget } = resolveTargets(
    {
      waterworks,
      profile,
      profiles:
        profile === undefined
          ? undefined
          : findProfiles(folder, options.profilesDir, files, references, intake),
      wanted,
      references,
      declared: isMapping(written) && isMapping(written['targets']) ? Object.keys(written['targets']) : [],
    },
    intake,
  )

  const connections = readConnections(waterworks.connections, lacking, intake)
  const privacy = readPrivacy(folder, waterworks, { written, secrets: references.secrets }, intake)
  const stores = readStores(waterworks.connections, lacking, intake)
  const pipelines = readPipelines(
    files.readAll(['pipelines'], YAML),
    waterworks,
    references,
    intake,
    (path) => files.read(path)?.text,
    privacy,
  )
  const contractFiles = files.readAll(['contracts'], YAML)
  // Few projects have contracts, and what describes them takes time to load.
  const contracts =
    contractFiles.length === 0
      ? []
      : (await import('./read/contracts/read-contracts.ts')).readContracts(contractFiles, intake)
  const packages = readPackages(
    { name: dbt?.name ?? name ?? '', root: folder, file: dbt, written: dbtWritten, files: ofPackages },
    references,
    intake,
  )
  if (references.askedOutside) trail?.spoil()
  if (diagnostics.hasErrors || name === undefined) throw new ProjectErrors(diagnostics.all())
  const data = {
    name,
    root: folder,
    targets,
    defaultTarget,
    publish: waterworks.publish ?? 'after_tests',
    threads: waterworks.threads ?? targets[defaultTarget]?.threads ?? DEFAULT_THREADS,
    connections,
    stores,
    pipelines,
    privacy,
    contracts,
    packages: packages.map((one) => (one.kind === 'root' ? withVars(one, waterworks.vars) : one)),
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
