import { databaseOf } from '../dbt/context/target-values.ts'
import { type ParsedPackages, parsePackages } from '../dbt/parse/parse-packages.ts'
import { YamlValues } from '../dbt/parse/yaml-values.ts'
import { placeOfReference } from '../dbt/place-in-text.ts'
import { printReference, type Reference } from '../dbt/reference.ts'
import type { TemplateSettings } from '../dbt/template-settings.ts'
import { Diagnostics } from '../errors/diagnostics.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Project, Target } from '../project/project.ts'
import { unknownTarget } from '../project/unknown-target.ts'
import { filledSources, pipelineId } from './build/filled-sources.ts'
import { enabledNodes, NodeMaker } from './build/node-maker.ts'
import { QueryCompiler } from './build/query-compiler.ts'
import { refuseClashes } from './build/refuse-clashes.ts'
import type { BuildGraphOptions } from './build-graph-options.ts'
import { findCycles } from './find-cycles.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { toposort } from './toposort.ts'

/** A project compiled, with what running it renders templates by. */
export interface CompiledProject {
  readonly graph: Graph
  readonly parsed: ParsedPackages
  readonly queries: QueryCompiler
}

/**
 * Compiles a project into its graph, without a database. Throws ProjectErrors with every problem found: templates that
 * fail (unless they are to fail when run), names that nothing answers to (with the nearest that exists), circles, relations written twice, wrong tests. What asks the
 * warehouse while it is rendered is marked, and compiled when it runs.
 */
export function compileProject(project: Project, options: BuildGraphOptions): CompiledProject {
  const diagnostics = new Diagnostics()
  const target = project.targets[options.target]
  if (!target)
    throw new ProjectErrors([
      { severity: 'error', error: unknownTarget(options.target, Object.keys(project.targets)) },
    ])
  const log = options.log ?? (() => {})
  const root = project.packages[0]?.name ?? project.name
  const { sources, pipelineOf } = filledSources(project, root, diagnostics)
  const settings = settingsOf(project, target, options)
  const parsed = options.parsed ?? parsePackages(project, { settings, diagnostics, log, filled: sources })
  const { manifest, renderer } = parsed
  const nodes = enabledNodes(manifest)
  const database = databaseOf(target)
  refuseClashes(parsed, pipelineOf, nodes, database, diagnostics)

  const parents = new Map<string, readonly string[]>()
  for (const pipeline of project.pipelines) parents.set(pipelineId(project, pipeline), [])
  for (const id of Object.keys(manifest.sources)) {
    const pipeline = pipelineOf.get(id)
    parents.set(id, pipeline === undefined ? [] : [pipeline])
  }
  for (const node of nodes) parents.set(node.unique_id, node.depends_on.nodes.toSorted())
  for (const test of Object.values(manifest.unit_tests)) parents.set(test.unique_id, test.depends_on.nodes)
  for (const { unique_id: id, depends_on: on } of Object.values(manifest.exposures)) {
    parents.set(id, on.nodes.filter((parent) => parents.has(parent)).sort())
  }
  refuseCycles(parsed, parents, diagnostics)
  const compiler = new QueryCompiler(parsed, diagnostics, {
    log,
    failsWhenRun: options.failsWhenRun ?? false,
    ...(options.reading && { reading: options.reading }),
    filled: new Set(pipelineOf.keys()),
  })
  const yaml = new YamlValues(renderer, log)
  const { dialect } = options
  const maker = new NodeMaker({ parsed, compiler, yaml, dialect, diagnostics, parents, database })
  if (diagnostics.hasErrors) {
    for (const node of nodes) maker.judge(node)
    throw new ProjectErrors(diagnostics.all())
  }
  const pipelines = new Map(project.pipelines.map((pipeline) => [pipelineId(project, pipeline), pipeline]))
  const make = (id: string): Node | undefined => {
    const pipeline = pipelines.get(id)
    if (pipeline) return maker.pipeline(pipeline, id, project.name)
    const node = manifest.nodes[id]
    if (node) return maker.node(node)
    const source = manifest.sources[id]
    if (source) return maker.source(source)
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
  return { graph, parsed, queries: compiler }
}

function settingsOf(project: Project, target: Target, options: BuildGraphOptions): TemplateSettings {
  const [root, ...others] = project.packages
  return {
    projectName: root?.name ?? project.name,
    targetName: options.target,
    target,
    vars: root?.config.vars ?? {},
    packageVars: Object.fromEntries(others.map(({ name, config }) => [name, config.vars])),
    cliVars: options.vars ?? {},
    dialect: options.dialect,
    quoting: root?.config.quoting ?? {},
    now: options.now,
    runId: options.runId ?? '',
    env: options.env ?? {},
    flags: options.flags ?? {},
  }
}

function refuseCycles(
  { manifest, fileOf }: ParsedPackages,
  parents: ReadonlyMap<string, readonly string[]>,
  diagnostics: Diagnostics,
): void {
  for (const cycle of findCycles(parents)) {
    const nodes = cycle.map((id) => manifest.nodes[id]!)
    const [first, second = first] = nodes
    const path = [...nodes, first!].map(({ name }) => name).join(' → ')
    const file = fileOf(first!.unique_id)
    const shown = file?.shown ?? first!.original_file_path
    const edge: Reference = { kind: 'ref', package: undefined, model: second!.name }
    diagnostics.error(
      new WaterworksError('WW1203', {
        message: `These models read from one another in a circle: ${path}.`,
        location: placeOfReference(shown, file?.text ?? '', edge),
        hint: `Break the circle, for instance at ${printReference(edge)} in ${shown}.`,
      }),
    )
  }
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
