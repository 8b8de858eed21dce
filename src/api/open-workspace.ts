import { placeOf, type Workspace } from '../cli/compose/workspace.ts'
import { buildGraph } from '../graph/build-graph.ts'
import { readEnvironment } from '../project/environment/read-environment.ts'
import type { Project } from '../project/project.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

/** A project compiled for one of its targets. Throws WW7002 for a target it does not have, and ProjectErrors. */
export async function openWorkspace(project: Project, options: WorkspaceOptions): Promise<Workspace> {
  const env = options.env ?? readEnvironment(project.root, process.env)
  const place = await placeOf(project, options.target, env)
  const { targetName, dialect, now, runId } = place
  const { vars = {}, log = () => undefined } = options
  const graph = buildGraph(project, { target: targetName, vars, dialect, now, runId, env, log })
  return { ...place, graph }
}
