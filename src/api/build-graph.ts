import type { Graph } from '../graph/graph.ts'
import type { Project } from '../project/project.ts'
import { openWorkspace } from './open-workspace.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

export type GraphOptions = WorkspaceOptions

/**
 * Compiles a project into its graph: nodes by unique id in the order in which they would be built, SQL compiled for the
 * target. Connects to nothing. The graph is frozen data.
 *
 * Throws ProjectErrors with all mistakes of templates and references, WaterworksError WW1013 for an unknown target.
 */
export async function buildGraph(project: Project, options: GraphOptions = {}): Promise<Graph> {
  return (await openWorkspace(project, options)).graph
}
