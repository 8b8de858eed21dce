import { WaterworksError } from '../../errors/waterworks-error.ts'
import { compileTemplate } from '../../jinja/compile-template.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'

/** Renders a template of a file that is no part of the graph. */
export type RenderText = (text: string) => string

export interface RenderingNames {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The variables of the command line. */
  readonly vars: Readonly<Record<string, unknown>>
  /** Gets the values that are secret. */
  readonly secrets: Set<string>
}

/**
 * How templates in lists of packages and selectors are rendered: they see env_var() and the command line's var(). What they throw is
 * WW2103 and WW2104 for names without a value, and WW2xxx for syntax. `file` is for messages.
 */
export function textRenderer({ env, vars, secrets }: RenderingNames, file: string): RenderText {
  const given = (what: string, name: unknown, value: unknown, fallback: unknown): unknown => {
    if (value !== undefined) return value
    if (fallback !== undefined) return fallback
    throw new WaterworksError(what === 'variable' ? 'WW2103' : 'WW2104', {
      message: `The ${what} ${String(name)}, which ${file} uses, is not set.`,
    })
  }
  const context = {
    env_var: hostFunction('env_var', ([name, fallback]) => {
      const value = given('environment variable', name, env[String(name)], fallback)
      if (String(name).startsWith('DBT_ENV_SECRET') && typeof value === 'string') secrets.add(value)
      return value
    }),
    var: hostFunction('var', ([name, fallback]) => given('variable', name, vars[String(name)], fallback)),
  }
  return (text) => (hasTemplate(text) ? compileTemplate(text, { file }).render(context) : text)
}

/** The same document with every text in it rendered. */
export function renderTexts(value: unknown, render: RenderText): unknown {
  if (typeof value === 'string') return render(value)
  if (Array.isArray(value)) return value.map((item) => renderTexts(item, render))
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderTexts(item, render)]))
}

/** The mapping that --vars holds. Throws WW7003 for anything else. */
export function varsIn(text: string | undefined): Readonly<Record<string, unknown>> {
  const value = text === undefined ? {} : parseYaml(text, '--vars', 'python')
  if (isMapping(value)) return value
  throw new WaterworksError('WW7003', { message: '--vars is not a YAML mapping' })
}

function hasTemplate(text: string): boolean {
  return /\{[{%#]/.test(text)
}
