import { databaseOf } from '../../dbt/context/target-values.ts'
import { type ParsedPackages, parsePackages } from '../../dbt/parse/parse-packages.ts'
import { chooseSpec } from '../../dbt/selection/choose-spec.ts'
import { selectMembers } from '../../dbt/selection/select-members.ts'
import { graphOfManifest } from '../../dbt/selection/selection-graph.ts'
import type { TemplateSettings } from '../../dbt/template-settings.ts'
import { Diagnostics } from '../../errors/diagnostics.ts'
import { ProjectErrors } from '../../errors/project-errors.ts'
import type { Invocation } from '../command.ts'
import { pipelineSources, withPipelineRelations } from './pipeline-sources.ts'
import { type OpenProject, openProject, varsOf } from './workspace.ts'

/** A project opened and parsed into dbt's manifest. Nothing is connected yet. */
export interface OpenManifest extends OpenProject, Pick<ParsedPackages, 'manifest' | 'renderer'> {}

/** Loads and parses the project that the flags mean, telling its warnings. Throws ProjectErrors with all of its problems. */
export async function openManifest(invocation: Invocation): Promise<OpenManifest> {
  const { output } = invocation
  const opened = await openProject(invocation)
  const diagnostics = new Diagnostics()
  const filled = pipelineSources(opened.project, databaseOf(opened.target), opened.dialect.identifier)
  const { manifest, renderer } = parsePackages(opened.project, {
    settings: settingsOf(opened, invocation),
    diagnostics,
    log: (message) => output.log(message),
    knownSources: filled,
  })
  if (diagnostics.hasErrors) throw new ProjectErrors(diagnostics.all())
  output.problems([...opened.project.warnings, ...diagnostics.all()])
  return { ...opened, manifest: withPipelineRelations(manifest, filled), renderer }
}

/** Unique ids that --select and --exclude mean in a manifest, of these kinds. Tells what matches nothing. */
export function selectInManifest(
  { manifest, now }: OpenManifest,
  { flags, output }: Invocation,
  resourceTypes: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const request = { select: flags.texts('select'), exclude: flags.texts('exclude') }
  const { selected, warnings } = selectMembers(graphOfManifest(manifest), chooseSpec(request, []), {
    selectors: [],
    previous: {},
    resourceTypes,
    withEmpty: true,
    now: new Date(now),
  })
  output.problems(warnings.map((error) => ({ severity: 'warning', error })))
  return selected
}

function settingsOf(opened: OpenProject, { flags }: Invocation): TemplateSettings {
  const { project, targetName, target, dialect, now, runId, env } = opened
  const root = project.packages.find(({ kind }) => kind === 'root')
  const others = project.packages.filter((each) => each !== root)
  return {
    projectName: root?.name ?? project.name,
    targetName,
    target,
    vars: root?.config.vars ?? project.vars,
    packageVars: Object.fromEntries(others.map(({ name, config }) => [name, config.vars])),
    cliVars: varsOf(flags.text('vars')),
    dialect,
    quoting: root?.config.quoting ?? {},
    now,
    runId,
    env,
  }
}
