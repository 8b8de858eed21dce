import { join } from 'node:path'
import type { DbtProgram } from '../dbt-oracle/invocation.ts'
import { type Outcome, readOutcome } from '../dbt-oracle/outcome.ts'
import type { Repositories } from './obtain-repository.ts'
import { prepareProject } from './prepare-project.ts'
import type { PublicProject } from './public-project.ts'

/** Runs a public project's commands on a new copy of it below `root`, and reads what each leaves. */
export async function runProject(
  program: DbtProgram,
  project: PublicProject,
  repositories: Repositories,
  root: string,
): Promise<readonly Outcome[]> {
  const place = join(root, project.name.replaceAll(/\W+/g, '-'), program.name)
  const { folder, profiles, warehouse } = await prepareProject(project, repositories, place)
  const outcomes: Outcome[] = []
  for (const command of project.commands) {
    const ended = await program.run({ args: [...command, '--profiles-dir', profiles], cwd: folder, env: {} })
    outcomes.push(await readOutcome(ended, { folder, target: 'target', warehouse }, VOLATILE))
  }
  return outcomes
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
