import type { Lookup, References } from './environment/references.ts'
import type { Missing, Substitution } from './interpolate.ts'

const REFERENCE = /\$(\$?)\{(?:([A-Za-z_][A-Za-z0-9_]*)|(file|secret):([^}\s]+?))(:-([^}]*))?\}/g

/**
 * Replaces `${NAME}`, `${file:PATH}` (a file's text) and `${secret:NAME}` (what the project's secret command says) in a
 * text. After `:-` may stand a default, used when there is nothing or only an empty text, as in a shell. `$${NAME}` stands
 * for the text `${NAME}` itself.
 */
export function substituteReferences(text: string, references: References): Substitution {
  if (!text.includes('${')) return { text }
  let missing: Missing | undefined
  const result = text.replace(REFERENCE, (whole, ...groups: (string | undefined)[]) => {
    const [escaped, name, kind, target, hasDefault, fallback] = groups
    if (escaped) return whole.slice(1)
    const found = name === undefined ? look(kind!, target!, references) : variable(name, references)
    if ('value' in found && (found.value !== '' || hasDefault === undefined)) return found.value
    if (hasDefault !== undefined) return fallback ?? ''
    if (!('value' in found)) missing ??= found
    return ''
  })
  return missing === undefined ? { text: result } : { missing }
}

/** The text written so that `substituteReferences` gives it back as it is. */
export function escapeReferences(text: string): string {
  return text.replace(REFERENCE, (whole) => `$${whole}`)
}

/** What is said of a variable that is not there. */
export function unsetVariable(name: string): Missing {
  return { code: 'WW1010', message: `the environment variable ${name} is not set` }
}

function variable(name: string, references: References): { readonly value: string } | Missing {
  const value = references.variable(name)
  return value === undefined ? unsetVariable(name) : { value }
}

function look(kind: string, target: string, references: References): { readonly value: string } | Missing {
  const found: Lookup = kind === 'file' ? references.file(target) : references.secret(target)
  return 'value' in found ? found : { code: 'WW1042', message: found.problem, hint: found.hint }
}
