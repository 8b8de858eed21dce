import type { ConfigProblem } from '../../dbt/config-problem.ts'
import { generateSchemaName } from '../../dbt/generate-schema-name.ts'
import { mergeConfigs, plainKey } from '../../dbt/merge-configs.ts'
import { readModelConfig } from '../../dbt/model-config.ts'
import { placeInText, placeOfCall } from '../../dbt/place-in-text.ts'
import type { NamingMacro, ParsedFile, Templates } from '../../dbt/templates.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ModelFile, ModelProperties, Project } from '../../project/project.ts'
import { attempt } from './attempt.ts'
import type { ModelDraft } from './drafts.ts'

export interface ModelDrafts {
  /** Enabled models by name. */
  readonly enabled: ReadonlyMap<string, ModelDraft>
  readonly disabled: ReadonlySet<string>
  /** Files that did not parse: what refers to them is not to blame. */
  readonly failed: ReadonlySet<string>
}

/** Parses every model. Problems: templates that fail, configurations that are wrong (WW1211, WW1212), names used twice. */
export function draftModels(
  project: Project,
  templates: Templates,
  schema: string,
  diagnostics: Diagnostics,
): ModelDrafts {
  const enabled = new Map<string, ModelDraft>()
  const disabled = new Set<string>()
  const failed = new Set<string>()
  for (const file of project.models.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const properties = own(project.modelProperties, file.name)
    const declared = mergeConfigs(file.folderConfig, properties?.config ?? {})
    const parsed = attempt(diagnostics, () => templates.parse(file, declared))
    if (!parsed) {
      failed.add(file.name)
      continue
    }
    const fullConfig = mergeConfigs(declared, parsed.config)
    const { config, problems } = readModelConfig(fullConfig)
    if (!config.enabled) {
      disabled.add(file.name)
      continue
    }
    for (const problem of problems) {
      const location = placeOfConfig(project, file, properties, parsed, problem)
      diagnostics.error(
        new WaterworksError(problem.code, { message: problem.message, hint: problem.hint, location }),
      )
    }
    const other = enabled.get(file.name)
    if (other) {
      const message = `There are two models named "${file.name}": ${other.file.path} and ${file.path}.`
      diagnostics.error(
        new WaterworksError('WW1205', { message, location: placeInText(file.path, file.text, 0) }),
      )
      continue
    }
    const uniqueId = `model.${project.name}.${file.name}`
    const seen = { ...fullConfig, materialized: config.materialized }
    const named = (macro: NamingMacro, custom: string | undefined) =>
      attempt(diagnostics, () => templates.generateName(macro, custom, file, uniqueId, seen))
    enabled.set(file.name, {
      uniqueId,
      file,
      config,
      fullConfig: seen,
      properties,
      relation: {
        schema: named('generate_schema_name', config.schema) ?? generateSchemaName(config.schema, { schema }),
        name: named('generate_alias_name', config.alias) ?? config.alias ?? file.name,
      },
      uses: parsed.uses,
    })
  }
  warnOfUnknownProperties(project, enabled, diagnostics)
  return { enabled, disabled, failed }
}

/** Where a configuration was given: the most specific place, as that is the one that counts. */
function placeOfConfig(
  project: Project,
  file: ModelFile,
  properties: ModelProperties | undefined,
  parsed: ParsedFile,
  problem: ConfigProblem,
): Location {
  if (Object.keys(parsed.config).some((key) => plainKey(key) === problem.key)) {
    return placeOfCall(file.path, file.text, 'config')
  }
  const inProperties = Object.keys(properties?.config ?? {}).find((key) => plainKey(key) === problem.key)
  if (properties && inProperties !== undefined) {
    return project.locate({ ...properties.origin, path: [...properties.origin.path, 'config', inProperties] })
  }
  return placeInText(file.path, file.text, 0)
}

function warnOfUnknownProperties(
  project: Project,
  enabled: ReadonlyMap<string, ModelDraft>,
  diagnostics: Diagnostics,
): void {
  const files = new Set(project.models.map((file) => file.name))
  for (const [name, properties] of Object.entries(project.modelProperties)) {
    if (files.has(name)) continue
    const near = suggest(name, enabled.keys())
    diagnostics.warn(
      new WaterworksError('WW1207', {
        message: `There is no model "${name}"; its description and tests are left out.`,
        location: project.locate(properties.origin),
        hint: near ? `Did you mean "${near}"?` : undefined,
      }),
    )
  }
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
