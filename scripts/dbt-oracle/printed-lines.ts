import { stripVTControlCharacters } from 'node:util'

/** The lines of a command's standard output that are its answer, without what dbt tells of its progress. */
export function printedLines(output: string): readonly string[] {
  return (
    stripVTControlCharacters(output)
      .split('\n')
      .map((line) => line.trimEnd())
      // What is above a table that `show` prints is progress to dbt, with the time before it.
      .filter((line) => line !== '' && !/^(?:\d\d:\d\d:\d\d |Previewing )/.test(line))
      .map(canonical)
  )
}

/** A document in one spelling. */
function canonical(line: string): string {
  if (!line.startsWith('{')) return line
  try {
    return JSON.stringify(inOrder(JSON.parse(line)))
  } catch {
    return line
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      // As in documents, what is null is the same as what is not there.
      .filter(([, item]) => item !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
      .map(([key, item]) => [key, inOrder(item)]),
  )
}
