import { isMapping } from './yaml/is-mapping.ts'
import type { Path } from './yaml/value-at.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Why a text could not be filled in, in words free of values. */
export interface Missing {
  readonly code: 'WW1010' | 'WW1042'
  readonly message: string
  readonly hint?: string | undefined
}

/** What became of one text: its value, or what it needs and cannot have. */
export type Substitution = { readonly text: string } | { readonly missing: Missing }

export interface Interpolated {
  readonly document: unknown
  /** Values that came, wholly or in part, from the environment; the paths as JSON. */
  readonly fromEnvironment: ReadonlySet<string>
  readonly unset: readonly { readonly path: Path; readonly missing: Missing }[]
}

/** Replaces what `substitute` replaces in every text value (not key) of a document; the document stays as it is. */
export function interpolate(
  document: unknown,
  substitute: (text: string, path: Path) => Substitution,
): Interpolated {
  const fromEnvironment = new Set<string>()
  const unset: { path: Path; missing: Missing }[] = []

  const visit = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') {
      const result = substitute(value, path)
      if ('missing' in result) {
        unset.push({ path, missing: result.missing })
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
