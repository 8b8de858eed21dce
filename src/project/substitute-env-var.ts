import type { References } from './environment/references.ts'
import type { Substitution } from './interpolate.ts'
import { unsetVariable } from './substitute-references.ts'

const ENV_VAR_CALL =
  /\{\{-?\s*env_var\(\s*(?:'([^']*)'|"([^"]*)")\s*(?:,\s*(?:'([^']*)'|"([^"]*)"|([\w.+-]+))\s*)?\)\s*(?:\|\s*(?:int|float|string|as_number|as_bool|as_native|as_text|trim)\s*)*-?\}\}/g

/**
 * Replaces `{{ env_var('NAME') }}` and `{{ env_var('NAME', 'default') }}` in a text of dbt's files. Other templates
 * are left for the reader to judge: outside models dbt allows hardly anything else.
 */
export function substituteEnvVar(text: string, references: References): Substitution {
  if (!text.includes('env_var')) return { text }
  let unset: string | undefined
  const result = text.replace(ENV_VAR_CALL, (_whole, ...groups: (string | undefined)[]) => {
    const name = groups[0] ?? groups[1] ?? ''
    const value = references.variable(name) ?? groups[2] ?? groups[3] ?? groups[4]
    if (value === undefined) unset ??= name
    return value ?? ''
  })
  return unset === undefined ? { text: result } : { missing: unsetVariable(unset) }
}

/** Whether a text still holds a template. */
export function hasTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}
