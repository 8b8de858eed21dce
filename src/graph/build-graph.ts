import type { Project } from '../project/project.ts'
import type { BuildGraphOptions } from './build-graph-options.ts'
import { compileProject } from './compile-project.ts'
import type { Graph } from './graph.ts'

/** The graph of a project, as `compileProject` makes it. Throws what that throws. */
export function buildGraph(project: Project, options: BuildGraphOptions): Graph {
  return compileProject(project, options).graph
}
