import { planWorkspace } from '../cli/compose/plan-workspace.ts'
import type { Plan } from '../plan/plan.ts'
import type { Project } from '../project/project.ts'
import { openWorkspace } from './open-workspace.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

export interface PlanOptions extends WorkspaceOptions {
  /** Selectors as `--select` takes them; everything unless given. */
  readonly select?: readonly string[] | undefined
  /** Selectors of what is left out. */
  readonly exclude?: readonly string[] | undefined
}

/**
 * What a build would do now, and why. Looks at recorded runs, at the sources' files, at the columns of their tables and
 * at what the warehouse has loaded; changes nothing. Where the warehouse cannot be reached, nothing is known to be new,
 * and `log` hears of it.
 *
 * Throws ProjectErrors and WW1013 as `buildGraph`, WW1301 and WW1302 for selectors that cannot be read.
 */
export async function plan(project: Project, options: PlanOptions = {}): Promise<Plan> {
  const workspace = await openWorkspace(project, options)
  const { select = [], exclude = [], log = () => undefined } = options
  return planWorkspace(workspace, { select, exclude }, { warning: (error) => log(error.message), log })
}
