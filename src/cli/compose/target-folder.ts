import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import type { Flags, OptionSpec } from '../command.ts'
import { TARGET_FOLDER } from './target-files.ts'

/** Of commands that write artefacts. */
export const targetPathFlag: OptionSpec = {
  name: 'target-path',
  env: 'DBT_TARGET_PATH',
  type: 'string',
  value: 'DIR',
  help: 'The folder that artefacts are written to; target unless given.',
}

/** The folder of a project's artefacts, below it: as the flag says, or dbt_project.yml, or `target`. */
export function targetFolder(root: string, flags: Flags): string {
  const given = flags.text('target-path')
  if (given !== undefined) return given
  const path = join(root, 'dbt_project.yml')
  const document = existsSync(path) ? parseYaml(readFileSync(path, 'utf8'), 'dbt_project.yml', 'pyyaml') : {}
  const written = isMapping(document) ? document['target-path'] : undefined
  return typeof written === 'string' && written !== '' ? written : TARGET_FOLDER
}
