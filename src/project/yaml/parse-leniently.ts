import { YAMLException } from 'js-yaml'

/** What a parser made of a text, and how places in what it read lead back to the text. */
export interface LenientReading<T> {
  readonly result: T
  /** The text that was read. */
  readonly text: string
  /** The place in the text as it is written of a place in the one that was read. */
  readonly original: (offset: number) => number
}

const DEFICIENT = 'deficient indentation'

/**
 * Parses a text, where lines within brackets and quotes may stand as far left as they like: YAML asks that they be
 * indented, PyYAML, and so dbt, does not mind. Such lines are moved to the right, and the text parsed again. Throws what
 * `parse` throws.
 */
export function parseLeniently<T>(text: string, parse: (text: string) => T): LenientReading<T> {
  const moved = new Set<number>()
  let lines: readonly string[] | undefined
  let margin = ''
  let read = text
  for (;;) {
    try {
      return { result: parse(read), text: read, original: originalOf(read, moved, margin.length) }
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== DEFICIENT) throw error
      lines ??= text.split('\n')
      margin ||= ' '.repeat(Math.max(...lines.map((line) => line.length - line.trimStart().length)) + 1)
      const line = error.mark?.line ?? -1
      // PyYAML takes no tab for a space, and these marks for the end of a document.
      if (moved.has(line) || /^(?: *\t|---(?:\s|$)|\.\.\.(?:\s|$))/.test(lines[line] ?? '\t')) throw error
      moved.add(line)
      read = lines.map((written, at) => (moved.has(at) ? margin + written : written)).join('\n')
    }
  }
}

function originalOf(
  read: string,
  moved: ReadonlySet<number>,
  margin: number,
): LenientReading<unknown>['original'] {
  if (moved.size === 0) return (offset) => offset
  return (offset) => {
    const before = read.slice(0, offset)
    const line = before.split('\n').length - 1
    const added = [...moved].filter((at) => at < line).length * margin
    const here = moved.has(line) ? Math.min(margin, offset - before.lastIndexOf('\n') - 1) : 0
    return offset - added - here
  }
}
