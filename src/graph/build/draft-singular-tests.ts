import type { Config } from '../../dbt/merge-configs.ts'
import { mergeConfigs } from '../../dbt/merge-configs.ts'
import { placeInText, placeOfCall } from '../../dbt/place-in-text.ts'
import type { Reference } from '../../dbt/reference.ts'
import { readSingularTestConfig, type SingularTestConfig } from '../../dbt/singular-test-config.ts'
import type { Templates } from '../../dbt/templates.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Project, SqlFile } from '../../project/project.ts'
import { attempt } from './attempt.ts'

/** A test that is a query of its own, parsed and not compiled. */
export interface SingularTestDraft {
  readonly uniqueId: string
  readonly file: SqlFile
  readonly config: SingularTestConfig
  readonly fullConfig: Config
  readonly uses: readonly Reference[]
}

/** Parses every enabled test file. Problems: templates that fail, wrong configurations, names used twice (WW1205). */
export function draftSingularTests(
  project: Project,
  templates: Templates,
  diagnostics: Diagnostics,
): readonly SingularTestDraft[] {
  const drafts = new Map<string, SingularTestDraft>()
  for (const file of project.singularTests.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const parsed = attempt(diagnostics, () => templates.parse(file, {}))
    if (!parsed) continue
    const fullConfig = mergeConfigs(parsed.config)
    const { config, problems } = readSingularTestConfig(fullConfig)
    if (!config.enabled) continue
    for (const { code, message, hint } of problems) {
      const location = placeOfCall(file.path, file.text, 'config')
      diagnostics.error(new WaterworksError(code, { message, hint, location }))
    }
    const other = drafts.get(file.name)
    if (other) {
      const message = `There are two tests named "${file.name}": ${other.file.path} and ${file.path}.`
      diagnostics.error(
        new WaterworksError('WW1205', { message, location: placeInText(file.path, file.text, 0) }),
      )
      continue
    }
    const uniqueId = `test.${project.name}.${file.name}`
    drafts.set(file.name, { uniqueId, file, config, fullConfig, uses: parsed.uses })
  }
  return [...drafts.values()]
}
