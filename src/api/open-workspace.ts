import { join } from 'node:path'
import { withTablesOfNow } from '../cli/compose/discover-tables.ts'
import { placeOf, type Workspace } from '../cli/compose/workspace.ts'
import { compileProject } from '../graph/compile-project.ts'
import { readEnvironment } from '../project/environment/read-environment.ts'
import type { Project } from '../project/project.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

/**
 * A project compiled for one of its targets. Throws WW1013 for a target it does not have, and ProjectErrors. Sources
 * are looked at where pipelines name their tables by patterns.
 */
export async function openWorkspace(project: Project, options: WorkspaceOptions): Promise<Workspace> {
  const env = options.env ?? readEnvironment(project.root, process.env)
  const { vars = {}, log = () => undefined } = options
  const known = await withTablesOfNow(project, join(project.root, '.waterworks'), log)
  const place = await placeOf(known, options.target, env)
  const { targetName, dialect, now, runId } = place
  const compiled = compileProject(known, { target: targetName, vars, dialect, now, runId, env, log })
  return { ...place, ...compiled }
}
