import { isMapping } from './yaml/is-mapping.ts'
import type { Path } from './yaml/value-at.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What became of one text: its value, or the name of a variable that it needs and that is not set. */
export type Substitution = { readonly text: string } | { readonly unset: string }

export interface Interpolated {
  readonly document: unknown
  /** Values that came, wholly or in part, from the environment; the paths as JSON. */
  readonly fromEnvironment: ReadonlySet<string>
  readonly unset: readonly { readonly path: Path; readonly name: string }[]
}

const REFERENCE = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}/g

/**
 * Replaces `${NAME}` and `${NAME:-default}` (used when the variable is unset or empty, as in a shell) in a text;
 * `$${NAME}` stands for the text `${NAME}` itself.
 */
export function substituteShell(text: string, env: Environment): Substitution {
  let unset: string | undefined
  const result = text.replace(
    REFERENCE,
    (whole, escaped: string, name: string, hasDefault: string | undefined, fallback: string | undefined) => {
      if (escaped) return whole.slice(1)
      const value = env[name]
      if (value !== undefined && (value !== '' || hasDefault === undefined)) return value
      if (fallback === undefined) unset ??= name
      return fallback ?? ''
    },
  )
  return unset === undefined ? { text: result } : { unset }
}

/** Replaces what `substitute` replaces in every text value (not key) of a document; the document stays as it is. */
export function interpolate(
  document: unknown,
  env: Environment,
  substitute: (text: string, env: Environment) => Substitution,
): Interpolated {
  const fromEnvironment = new Set<string>()
  const unset: { path: Path; name: string }[] = []

  const visit = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') {
      const result = substitute(value, env)
      if ('unset' in result) {
        unset.push({ path, name: result.unset })
        return value
      }
      if (result.text !== value) fromEnvironment.add(JSON.stringify(path))
      return result.text
    }
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]))
    if (isMapping(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])]),
      )
    }
    return value
  }

  return { document: visit(document, []), fromEnvironment, unset }
}
