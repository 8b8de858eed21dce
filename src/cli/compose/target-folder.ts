import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../../project/environment/read-environment.ts'
import { hasTemplate } from '../../project/substitute-env-var.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import type { Flags } from '../command.ts'
import { textRenderer, varsIn } from './render-texts.ts'
import { TARGET_FOLDER } from './target-files.ts'

/** The folder of a project's artefacts, below it: as the flag says, or dbt_project.yml, or `target`. */
export function targetFolder(root: string, flags: Flags): string {
  const given = flags.text('target-path')
  if (given !== undefined) return given
  const path = join(root, 'dbt_project.yml')
  const document = existsSync(path) ? parseYaml(readFileSync(path, 'utf8'), 'dbt_project.yml', 'pyyaml') : {}
  const written = isMapping(document) ? document['target-path'] : undefined
  if (typeof written !== 'string' || written === '') return TARGET_FOLDER
  if (!hasTemplate(written)) return written
  const env = readEnvironment(root, process.env)
  return textRenderer({ env, vars: varsIn(flags.text('vars')), secrets: new Set() }, 'target-path')(written)
}

/** Whether artefacts are written at all; compiled code always is, as by dbt. */
export function writesJson(flags: Flags): boolean {
  return flags.choice('write-json') !== false
}
