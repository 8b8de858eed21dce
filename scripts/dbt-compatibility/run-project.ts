import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DbtProgram, Ended } from '../dbt-oracle/invocation.ts'
import { type Outcome, readOutcome } from '../dbt-oracle/outcome.ts'
import { readTables } from '../dbt-oracle/read-tables.ts'
import type { Repositories } from './obtain-repository.ts'
import { type PreparedProject, prepareProject } from './prepare-project.ts'
import type { PublicProject } from './public-project.ts'

/** Where a public project is run. */
export interface RunPlace {
  readonly repositories: Repositories
  /** The folder below which copies are made. */
  readonly root: string
}

const TARGET = 'target'

/** Runs a public project's commands on a new copy of it, and reads what each leaves. */
export async function runProject(
  program: DbtProgram,
  project: PublicProject,
  place: RunPlace,
): Promise<readonly Outcome[]> {
  const since = new Date()
  const copy = await copyOf(program, project, place)
  const outcomes: Outcome[] = []
  for (const command of project.commands) {
    // What a command does not write must not seem to be its own.
    for (const artifact of ['manifest', 'run_results', 'catalog', 'sources'])
      rmSync(join(copy.folder, TARGET, `${artifact}.json`), { force: true })
    const ended = await runCommand(program, command, copy)
    const tables = await readTables(copy.warehouse, copy.folder, { volatile: VOLATILE, since })
    outcomes.push(readOutcome(ended, join(copy.folder, TARGET), tables))
  }
  return outcomes
}

/** The seconds that all of a public project's commands take, on a new copy of it. */
export async function timeProject(
  program: DbtProgram,
  project: PublicProject,
  place: RunPlace,
): Promise<number> {
  const copy = await copyOf(program, project, place)
  let seconds = 0
  for (const command of project.commands) seconds += (await runCommand(program, command, copy)).seconds
  return seconds
}

function copyOf(
  program: DbtProgram,
  project: PublicProject,
  { repositories, root }: RunPlace,
): Promise<PreparedProject> {
  return prepareProject(project, repositories, join(root, project.name.replaceAll(/\W+/g, '-'), program.name))
}

function runCommand(
  program: DbtProgram,
  command: readonly string[],
  { folder, profiles }: PreparedProject,
): Promise<Ended> {
  return program.run({ args: [...command, '--profiles-dir', profiles], cwd: folder, env: {} })
}

/** Columns that hold moments or what names a run, in any of the projects. */
const VOLATILE = [
  'dbt_updated_at',
  'dbt_valid_from',
  'dbt_valid_to',
  'dbt_scd_id',
  'run_started_at',
  'invocation_id',
  'generated_at',
  'created_at',
  'execute_started_at',
  'execute_completed_at',
  'compile_started_at',
  'compile_completed_at',
  'execution_time',
]
