import type { Intake } from '../intake.ts'
import { type Environment, interpolate } from '../interpolate.ts'
import { type DbtProjectFile, dbtProjectFile, LATER_DBT_KEYS } from '../schema/dbt-project-file.ts'
import { hasTemplate, substituteEnvVar } from '../substitute-env-var.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { type Path, removeAt } from '../yaml/value-at.ts'

export const DBT_PROJECT_FILE = 'dbt_project.yml'

/** Where templates are left to those who run them: configuration may ask for the target, vars and hooks for more. */
const RENDERED_LATER: readonly string[] = [
  'models',
  'vars',
  'on-run-start',
  'on-run-end',
  'query-comment',
  'seeds',
  'snapshots',
  'sources',
  'tests',
  'data_tests',
]

/** dbt_project.yml, validated, with env_var() resolved; undefined when it is not there or cannot be used. */
export function readDbtProject(
  written: unknown,
  env: Environment,
  intake: Intake,
): DbtProjectFile | undefined {
  if (written === undefined) return undefined
  const file = DBT_PROJECT_FILE
  const { document, fromEnvironment, unset } = interpolate(written, env, substituteEnvVar)
  for (const { path, name } of unset) {
    intake.error('WW1010', { file, path }, { message: `the environment variable ${name} is not set` })
  }
  const removed: Path[] = unset.map(({ path }) =>
    path.slice(0, path.findLastIndex((part) => typeof part === 'string') + 1),
  )
  const cleaned = removed.reduce(removeAt, document)
  if (isMapping(cleaned)) {
    for (const [key, value] of Object.entries(cleaned)) {
      const texts = Array.isArray(value) ? value : [value]
      if (
        RENDERED_LATER.includes(key) ||
        !texts.some((text) => typeof text === 'string' && hasTemplate(text))
      )
        continue
      intake.error(
        'WW1012',
        { file, path: [key] },
        { message: `"${key}" holds a template that cannot be used here` },
      )
    }
  }
  const valid = validate(dbtProjectFile, {
    intake,
    file,
    written,
    document: cleaned,
    fromEnvironment,
    removed,
    lenient: true,
  })
  for (const key of LATER_DBT_KEYS) {
    if (!isGiven(valid?.[key])) continue
    intake.warn(
      'WW1912',
      { file, path: [key] },
      { message: `"${key}" of dbt_project.yml has no effect yet`, part: 'key' },
    )
  }
  return valid
}

/** The variables of a project: `vars:` may hold them directly or, as dbt allows, under the project's name. */
export function readVars(vars: DbtProjectFile['vars'], project: string): Readonly<Record<string, unknown>> {
  const { [project]: own, ...shared } = vars ?? {}
  return isMapping(own) ? { ...shared, ...own } : { ...vars }
}

/** Empty sections are common in generated projects and ask for nothing. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
