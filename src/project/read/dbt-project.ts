import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import { interpolate } from '../interpolate.ts'
import { type DbtProjectFile, dbtProjectFile } from '../schema/dbt-project-file.ts'
import { hasTemplate, substituteEnvVar } from '../substitute-env-var.ts'
import { removeUnset } from '../unset-variables.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'

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
  'unit_tests',
  'exposures',
  'metrics',
  'semantic-models',
  'saved-queries',
  'functions',
  'flags',
]

/** dbt_project.yml, validated, with env_var() resolved; undefined when it is not there or cannot be used. `file` is where it lies. */
export function readDbtProject(
  written: unknown,
  references: References,
  intake: Intake,
  file: string = DBT_PROJECT_FILE,
): DbtProjectFile | undefined {
  if (written === undefined) return undefined
  const isRoot = file === DBT_PROJECT_FILE
  const cleaned = removeUnset(
    interpolate(written, (text, [key]) =>
      RENDERED_LATER.includes(String(key)) ? { text } : substituteEnvVar(text, references),
    ),
    file,
    intake,
  )
  if (isMapping(cleaned.document)) {
    for (const [key, value] of Object.entries(cleaned.document)) {
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
    ...cleaned,
    unknownKeys: isRoot ? 'lenient' : 'silent',
  })
  return valid
}
