/** The names of a way, which is a text with dots between or a list. */
export function segmentsOf(path: string | readonly string[]): string[] {
  return typeof path === 'string' ? path.split('.') : [...path]
}

/** A template's expression for what a way leads to in an answer; nothing where any of it is missing. */
export function responsePath(path: string | readonly string[]): string {
  return segmentsOf(path).reduce(
    (expression, name) => `(${expression} or {}).get(${JSON.stringify(name)})`,
    'response',
  )
}
