import type { TemplateSettings } from '../../dbt/template-settings.ts'
import type { Project, Target } from '../../project/project.ts'
import type { BuildGraphOptions } from '../build-graph-options.ts'

/** What every template of a project sees alike, on one target. */
export function settingsOf(project: Project, target: Target, options: BuildGraphOptions): TemplateSettings {
  const [root, ...others] = project.packages
  return {
    projectName: root?.name ?? project.name,
    targetName: options.target,
    target,
    profileName: root?.config.profile,
    packageVersions: Object.fromEntries(project.packages.map((one) => [one.name, one.config.version])),
    vars: root?.config.vars ?? {},
    packageVars: Object.fromEntries(others.map(({ name, config }) => [name, config.vars])),
    cliVars: options.vars ?? {},
    dialect: options.dialect,
    quoting: root?.config.quoting ?? {},
    now: options.now,
    runId: options.runId ?? '',
    env: options.env ?? {},
    flags: options.flags ?? {},
    invocationArgs: options.args ?? {},
  }
}
