import { databaseOf } from '../dbt/context/target-values.ts'
import { type ParsedPackages, type ParseOptions, parsePackages } from '../dbt/parse/parse-packages.ts'
import { YamlValues } from '../dbt/parse/yaml-values.ts'
import { placeOfReference } from '../dbt/place-in-text.ts'
import { printReference, type Reference } from '../dbt/reference.ts'
import { Diagnostics } from '../errors/diagnostics.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Project } from '../project/project.ts'
import { unknownTarget } from '../project/unknown-target.ts'
import { contractNodes } from './build/contract-nodes.ts'
import { enabledNodes } from './build/enabled-nodes.ts'
import { filledSources, pipelineId } from './build/filled-sources.ts'
import { NodeMaker } from './build/node-maker.ts'
import { pipelineLookups } from './build/pipeline-lookups.ts'
import { QueryCompiler } from './build/query-compiler.ts'
import { refuseClashes } from './build/refuse-clashes.ts'
import { settingsOf } from './build/settings-of.ts'
import type { BuildGraphOptions } from './build-graph-options.ts'
import { findCycles } from './find-cycles.ts'
import { fingerprint } from './fingerprint.ts'
import type { CheckNode, ContractNode } from './node.ts'

/** A project whose files are read and linked, and whose queries are not compiled yet. */
export interface ParsedProject {
  readonly parsed: ParsedPackages
  /** Makes the nodes of its graph, and compiles them. */
  readonly maker: NodeMaker
  readonly queries: QueryCompiler
  /** Contracts and their checks, by unique id. */
  readonly contracts: ReadonlyMap<string, ContractNode | CheckNode>
  /** The unique ids each node of the graph reads from. */
  readonly parents: ReadonlyMap<string, readonly string[]>
  /** Warnings so far; what compiling finds is added. */
  readonly diagnostics: Diagnostics
}

/**
 * Reads what a project's files say, and links it, without a database. Throws ProjectErrors with every problem found: names that nothing
 * answers to (with the nearest that exists), circles, relations written twice, and what is wrong with tests where something else is.
 */
export function parseProject(project: Project, options: BuildGraphOptions): ParsedProject {
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
  const parsed =
    options.parsed ?? parseAnew(project, { settings, diagnostics, log, filled: sources }, options)
  diagnostics.add(options.found ?? [])
  const { manifest, renderer } = parsed
  const nodes = enabledNodes(manifest)
  const database = databaseOf(target)
  refuseClashes(parsed, pipelineOf, nodes, database, diagnostics)

  const parents = new Map<string, readonly string[]>()
  for (const pipeline of project.pipelines) {
    const lookups = pipelineLookups(pipeline, manifest, database, diagnostics)
    const nodes = new Set(lookups.flatMap(({ node }) => node ?? []))
    parents.set(pipelineId(project, pipeline), [...nodes].sort())
  }
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
  const fingerprints = options.fingerprints ?? true
  const compiler = new QueryCompiler(parsed, diagnostics, {
    log,
    failsWhenRun: options.failsWhenRun ?? false,
    compiles: options.compiles ?? true,
    fingerprints,
    ...(options.reading && { reading: options.reading }),
    filled: new Set(pipelineOf.keys()),
  })
  const yaml = new YamlValues(renderer, log)
  const { dialect } = options
  const warningsFail = options.warningsFail ?? false
  const fingerprintOf = (deciding: () => unknown) => (fingerprints ? fingerprint(deciding()) : '')
  const contracts = contractNodes({
    ...{ project, root, manifest, database, dialect, diagnostics, warningsFail },
    fingerprint: fingerprintOf,
    empty: compiler.reading.empty,
  })
  for (const { uniqueId, dependsOn } of contracts.values()) parents.set(uniqueId, dependsOn)
  const maker = new NodeMaker({
    ...{ parsed, compiler, yaml, dialect, diagnostics, parents, database, warningsFail },
    fingerprint: fingerprintOf,
  })
  if (diagnostics.hasErrors) {
    for (const node of nodes) maker.judge(node)
    throw new ProjectErrors(diagnostics.all())
  }
  return { parsed, maker, queries: compiler, contracts, parents, diagnostics }
}

function parseAnew(
  project: Project,
  options: ParseOptions,
  { onParsed = () => {} }: BuildGraphOptions,
): ParsedPackages {
  const diagnostics = new Diagnostics()
  const parsed = parsePackages(project, { ...options, diagnostics })
  const found = diagnostics.all()
  options.diagnostics.add(found)
  if (!diagnostics.hasErrors) onParsed(parsed, found)
  return parsed
}

function refuseCycles(
  { manifest, fileOf }: ParsedPackages,
  parents: ReadonlyMap<string, readonly string[]>,
  diagnostics: Diagnostics,
): void {
  for (const cycle of findCycles(parents)) {
    if (cycle.some((id) => manifest.nodes[id] === undefined)) {
      diagnostics.error(throughPipeline(cycle))
      continue
    }
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

/** A circle through a pipeline: it looks up what is made of what it loads. */
function throughPipeline(cycle: readonly string[]): WaterworksError {
  return new WaterworksError('WW1203', {
    message: `These read from one another in a circle: ${[...cycle, cycle[0]].join(' → ')}.`,
    hint: 'Look up a table that is not made of what the pipeline loads.',
  })
}
