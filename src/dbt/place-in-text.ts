import type { Location } from '../errors/location.ts'
import type { Reference } from './reference.ts'

/** The location of an offset in a file's text. */
export function placeInText(file: string, text: string, offset: number): Location {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < lineStart; at = text.indexOf('\n', at + 1)) line++
  return {
    file,
    line,
    column: offset - lineStart + 1,
    text: text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, ''),
  }
}

/**
 * Where a file's text calls ref() or source() with these names: the first such call. When the names are not written
 * there (they come from a variable or a macro), the first call of the function, or else the start of the file.
 */
export function placeOfReference(file: string, text: string, reference: Reference): Location {
  const written = namesIn(reference)
    .filter((name) => name !== undefined)
    .map((name) => `['"]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]`)
    .join('\\s*,\\s*')
  return (
    firstMatch(file, text, new RegExp(`\\b${reference.kind}\\s*\\(\\s*${written}`)) ??
    placeOfCall(file, text, reference.kind)
  )
}

function namesIn(reference: Reference): readonly (string | undefined)[] {
  if (reference.kind === 'source') return [reference.source, reference.table]
  return [reference.package, reference.kind === 'ref' ? reference.model : reference.function]
}

/** Where a file's text first calls a function, or else the start of the file. */
export function placeOfCall(file: string, text: string, name: string): Location {
  return firstMatch(file, text, new RegExp(`\\b${name}\\s*\\(`)) ?? placeInText(file, text, 0)
}

function firstMatch(file: string, text: string, pattern: RegExp): Location | undefined {
  const match = pattern.exec(text)
  return match ? placeInText(file, text, match.index) : undefined
}
