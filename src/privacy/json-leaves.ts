/** A place within JSON: names of members. Lists on the way are gone through, each of their elements. */
export type JsonPath = readonly string[]

/** What becomes of the value at a path: a text in its place, or it goes with its name. */
export type LeafChange = { readonly text: string } | 'drop'

/** Numbers stay as they are written: a double would round them. */
class NumberText {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }

  toJSON(): unknown {
    return JSON.rawJSON(this.source)
  }
}

/**
 * JSON text with the values at a path changed; those that are null stay. Undefined when the text is no JSON.
 * @param change is given the value's text: of a text its characters, of anything else its JSON
 */
export function changeLeaves(
  json: string,
  path: JsonPath,
  change: (text: string) => LeafChange,
): string | undefined {
  let root: unknown
  try {
    root = JSON.parse(json, (_key: string, value: unknown, context?: { readonly source?: string }) =>
      typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value,
    )
  } catch {
    return undefined
  }
  const changed = visit(root, path, change)
  return changed === GONE ? 'null' : JSON.stringify(changed)
}

const GONE = Symbol('dropped')

function visit(value: unknown, path: JsonPath, change: (text: string) => LeafChange): unknown {
  if (value === null || value === undefined) return value
  const [name, ...rest] = path
  if (name === undefined && !Array.isArray(value)) {
    const made = change(textOf(value))
    return made === 'drop' ? GONE : made.text
  }
  if (Array.isArray(value)) {
    return value.map((item) => visit(item, path, change)).filter((item) => item !== GONE)
  }
  if (name === undefined || typeof value !== 'object' || value instanceof NumberText) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const made = key.toLowerCase() === name.toLowerCase() ? visit(inner, rest, change) : inner
      return made === GONE ? [] : [[key, made]]
    }),
  )
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value instanceof NumberText ? value.source : JSON.stringify(value)
}
