import { createTemplates } from '../dbt/create-templates.ts'
import { placeOfReference } from '../dbt/place-in-text.ts'
import { printReference, type Reference } from '../dbt/reference.ts'
import type { TemplateSettings } from '../dbt/template-settings.ts'
import type { Templates } from '../dbt/templates.ts'
import { Diagnostics } from '../errors/diagnostics.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Project, SqlFile, Target } from '../project/project.ts'
import { unknownTarget } from '../project/unknown-target.ts'
import { draftGenericChecks, type GenericCheckDraft } from './build/draft-checks.ts'
import { draftModels } from './build/draft-models.ts'
import { draftSingularTests } from './build/draft-singular-tests.ts'
import { draftSources, pipelineId } from './build/draft-sources.ts'
import type { ModelDraft } from './build/drafts.ts'
import { Names } from './build/names.ts'
import { NodeMaker } from './build/node-maker.ts'
import { refuseClashes } from './build/refuse-clashes.ts'
import type { BuildGraphOptions } from './build-graph-options.ts'
import { findCycles } from './find-cycles.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { toposort } from './toposort.ts'

/**
 * Compiles a project into its graph, without a database. Throws ProjectErrors with every problem found: templates that
 * fail, names that nothing answers to (with the nearest that exists), circles, relations written twice, wrong tests.
 */
export function buildGraph(project: Project, options: BuildGraphOptions): Graph {
  const diagnostics = new Diagnostics()
  const target = project.targets[options.target]
  if (!target)
    throw new ProjectErrors([
      { severity: 'error', error: unknownTarget(options.target, Object.keys(project.targets)) },
    ])

  const templates = createTemplates(
    settingsOf(project, target, options),
    project.macros,
    diagnostics,
    options.log,
  )
  const sources = draftSources(project, diagnostics)
  const models = draftModels(project, templates, target.schema, diagnostics)
  const singularTests = draftSingularTests(project, templates, diagnostics)
  const names = new Names(project.name, models, sources)
  refuseClashes(project, models.enabled.values(), sources.values(), diagnostics)

  const parents = new Map<string, readonly string[]>()
  for (const pipeline of project.pipelines) parents.set(pipelineId(project, pipeline), [])
  for (const { uniqueId, pipeline } of sources.values())
    parents.set(uniqueId, pipeline === undefined ? [] : [pipeline])
  for (const draft of models.enabled.values()) {
    parents.set(draft.uniqueId, parentsOf(draft, 'model', templates, names, diagnostics))
  }
  refuseCycles(models.enabled.values(), parents, diagnostics)
  for (const draft of singularTests) {
    parents.set(draft.uniqueId, parentsOf(draft, 'test', templates, names, diagnostics))
  }
  const checks = new Map<string, GenericCheckDraft>()
  for (const subject of [...sources.values(), ...models.enabled.values()]) {
    if (!subject.properties) continue
    for (const check of draftGenericChecks(subject, subject.properties, {
      project,
      templates,
      names,
      diagnostics,
    })) {
      if (checks.has(check.uniqueId)) diagnostics.error(sameTestTwice(project, check))
      checks.set(check.uniqueId, check)
      parents.set(check.uniqueId, sorted([check.subject, check.to].map((draft) => draft?.uniqueId)))
    }
  }
  if (diagnostics.hasErrors) throw new ProjectErrors(diagnostics.all())

  const maker = new NodeMaker({ project, options, templates, names, parents, diagnostics })
  const makers = new Map<string, () => Node | undefined>([
    ...project.pipelines.map((item) => [pipelineId(project, item), () => maker.pipeline(item)] as const),
    ...[...sources.values()].map((draft) => [draft.uniqueId, () => maker.source(draft)] as const),
    ...[...models.enabled.values()].map((draft) => [draft.uniqueId, () => maker.model(draft)] as const),
    ...singularTests.map((draft) => [draft.uniqueId, () => maker.singularTest(draft)] as const),
    ...[...checks.values()].map((draft) => [draft.uniqueId, () => maker.genericCheck(draft)] as const),
  ])
  const nodes = new Map<string, Node>()
  for (const id of toposort(parents)) {
    const node = makers.get(id)!()
    if (node) nodes.set(id, node)
  }
  if (diagnostics.hasErrors) throw new ProjectErrors(diagnostics.all())
  return Object.freeze({
    project: project.name,
    nodes,
    children: childrenOf(nodes),
    warnings: diagnostics.all(),
  })
}

function settingsOf(project: Project, target: Target, options: BuildGraphOptions): TemplateSettings {
  return {
    projectName: project.name,
    targetName: options.target,
    target,
    vars: project.vars,
    cliVars: options.vars ?? {},
    dialect: options.dialect,
    now: options.now,
    runId: options.runId ?? '',
    env: options.env ?? {},
  }
}

function parentsOf(
  { file, fullConfig, uses }: Pick<ModelDraft, 'fullConfig' | 'uses'> & { readonly file: SqlFile },
  kind: string,
  templates: Templates,
  names: Names,
  diagnostics: Diagnostics,
): readonly string[] {
  return sorted(
    uses.map((reference) => {
      const found = names.find(reference)
      if (!found && !names.isReported(reference)) {
        const location = templates.placeOf(file, fullConfig, reference)
        diagnostics.error(names.explain(reference, `The ${kind} "${file.name}"`, location))
      }
      return found?.uniqueId
    }),
  )
}

function refuseCycles(
  models: Iterable<ModelDraft>,
  parents: ReadonlyMap<string, readonly string[]>,
  diagnostics: Diagnostics,
): void {
  const byId = new Map([...models].map((draft) => [draft.uniqueId, draft]))
  for (const cycle of findCycles(parents)) {
    const [first, second = first] = cycle.map((id) => byId.get(id)!)
    const path = [...cycle, cycle[0]!].map((id) => byId.get(id)!.file.name).join(' → ')
    const { file } = first!
    const edge: Reference = { kind: 'ref', package: undefined, model: second!.file.name }
    diagnostics.error(
      new WaterworksError('WW1203', {
        message: `These models read from one another in a circle: ${path}.`,
        location: placeOfReference(file.path, file.text, edge),
        hint: `Break the circle, for instance at ${printReference(edge)} in ${file.path}.`,
      }),
    )
  }
}

function sameTestTwice(project: Project, check: GenericCheckDraft): WaterworksError {
  return new WaterworksError('WW1205', {
    message: `The test "${check.name}" is there twice, with the same arguments.`,
    location: project.locate(check.test.origin),
    hint: 'Remove one of them, or give one a name of its own.',
  })
}

function sorted(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))].sort()
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
