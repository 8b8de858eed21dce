import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import { renderTexts, textRenderer, varsIn } from './render-texts.ts'
import type { OpenProject } from './workspace.ts'

export const SELECTORS_FILE = 'selectors.yml'

/** A project's selectors.yml, its templates rendered; undefined when there is none. Throws WW1002 and what rendering throws. */
export function readSelectorsFile({ project, env }: OpenProject, vars: string | undefined): unknown {
  const path = join(project.root, SELECTORS_FILE)
  if (!existsSync(path)) return undefined
  const render = textRenderer({ env, vars: varsIn(vars), secrets: new Set() }, SELECTORS_FILE)
  return renderTexts(parseYaml(readFileSync(path, 'utf8'), SELECTORS_FILE, 'pyyaml'), render)
}
