import type { ParsedPackages } from '../dbt/parse/parse-packages.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import type { Project } from '../project/project.ts'
import { pipelineId } from './build/filled-sources.ts'
import type { QueryCompiler } from './build/query-compiler.ts'
import type { BuildGraphOptions } from './build-graph-options.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { parseProject } from './parse-project.ts'
import { toposort } from './toposort.ts'

/** A project compiled, with what running it renders templates by. */
export interface CompiledProject {
  readonly graph: Graph
  readonly parsed: ParsedPackages
  readonly queries: QueryCompiler
}

/**
 * Compiles a project into its graph, without a database. Throws ProjectErrors with every problem found: those of `parseProject`, then
 * templates that fail (unless they are to fail when run) and wrong tests. What asks the warehouse while it is rendered is marked, and compiled when it runs.
 */
export function compileProject(project: Project, options: BuildGraphOptions): CompiledProject {
  const { parsed, maker, queries, contracts, parents, diagnostics } = parseProject(project, options)
  const { manifest } = parsed
  const pipelines = new Map(project.pipelines.map((pipeline) => [pipelineId(project, pipeline), pipeline]))
  const make = (id: string): Node | undefined => {
    const pipeline = pipelines.get(id)
    if (pipeline) return maker.pipeline(pipeline, id, project.name)
    const node = manifest.nodes[id]
    if (node) return maker.node(node)
    const source = manifest.sources[id]
    if (source) return maker.source(source)
    const contract = contracts.get(id)
    if (contract) return contract
    const test = manifest.unit_tests[id]
    if (test) return maker.unitTest(test)
    return maker.exposure(manifest.exposures[id]!)
  }
  const made = new Map<string, Node>()
  for (const id of toposort(parents)) {
    const node = make(id)
    if (node) made.set(id, node)
  }
  if (diagnostics.hasErrors) throw new ProjectErrors(diagnostics.all())
  const graph = Object.freeze({
    project: project.name,
    nodes: made,
    children: childrenOf(made),
    manifest,
    warnings: diagnostics.all(),
  })
  return { graph, parsed, queries }
}

function childrenOf(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const node of nodes.values()) {
    for (const parent of node.dependsOn) {
      const list = children.get(parent)
      if (list) list.push(node.uniqueId)
      else children.set(parent, [node.uniqueId])
    }
  }
  for (const list of children.values()) list.sort()
  return children
}
