import type { Field } from '../batch/logical-type.ts'
import { CaptureFormat } from './capture-format.ts'

/** A path or glob whose captures, such as `{region}` or `{date:YYYY-MM-DD}`, become columns of the files' rows. */
export interface FileNamePattern {
  /** The pattern as a plain glob. */
  readonly glob: string
  /** The columns that are captured, in the pattern's order. */
  readonly fields: readonly Field[]
  /** The captured texts of a path that the glob matches, in the order of `fields`; undefined where it does not fit. */
  capture(path: string): readonly string[] | undefined
}

/** What is wrong with a pattern, for people. */
export interface PatternProblem {
  readonly problem: string
}

const CAPTURE = /^\{([A-Za-z_][A-Za-z0-9_]*)(?::([^{},/]*))?\}/

/**
 * Reads a pattern. Braces with a comma are alternatives, as in any glob; braces around a name capture a part of one
 * folder or file name: as little as fits, so that the first of two captures ends where the text between them begins.
 */
export function parseFileNamePattern(pattern: string): FileNamePattern | PatternProblem {
  const fields: Field[] = []
  const formats: CaptureFormat[] = []
  let glob = ''
  let source = ''
  for (let rest = pattern.replace(/^(\.\/)+/, ''); rest !== ''; ) {
    const found = CAPTURE.exec(rest)
    if (found === null) {
      const piece = globPiece(rest)
      glob += piece.text
      source += piece.source
      rest = rest.slice(piece.text.length)
      continue
    }
    const [text, name = '', wanted] = found
    if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) {
      return { problem: `captures "${name}" twice` }
    }
    const format = CaptureFormat.parse(wanted)
    if (format === undefined) {
      return { problem: `captures "${name}" as "${wanted}", which is neither "int" nor made of date parts` }
    }
    fields.push({ name, type: format.type })
    formats.push(format)
    glob += '*'
    source += `(${format.source})`
    rest = rest.slice(text.length)
  }
  if (fields.length === 0) return { glob: pattern, fields, capture: () => [] }
  const expression = new RegExp(`^${source}$`, 'su')
  return {
    glob,
    fields,
    capture(path) {
      const texts = expression.exec(path)?.slice(1, formats.length + 1)
      const values = texts?.map((text, index) => formats[index]!.value(text))
      return values?.every((value) => value !== undefined) ? values : undefined
    },
  }
}

/** The next piece of a glob: its text, and what it matches as a regular expression. */
function globPiece(rest: string): { readonly text: string; readonly source: string } {
  if (rest.startsWith('**/')) return { text: '**/', source: '(?:[^/]+/)*' }
  if (rest.startsWith('**')) return { text: '**', source: '.*' }
  if (rest.startsWith('*')) return { text: '*', source: '[^/]*' }
  if (rest.startsWith('?')) return { text: '?', source: '[^/]' }
  const set = /^\[(!|\^)?([^\]/]+)\]/.exec(rest)
  if (set) {
    const members = set[2]!.replace(/[\\[\]^&~|]/g, '\\$&')
    return { text: set[0], source: `[${set[1] ? '^' : ''}${members}]` }
  }
  const braces = /^\{([^{}]*,[^{}]*)\}/.exec(rest)
  if (braces) {
    const choices = braces[1]!.split(',').map((choice) => wholeGlob(choice))
    return { text: braces[0], source: `(?:${choices.join('|')})` }
  }
  const character = String.fromCodePoint(rest.codePointAt(0)!)
  return { text: character, source: character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') }
}

function wholeGlob(text: string): string {
  let source = ''
  for (let rest = text; rest !== ''; ) {
    const piece = globPiece(rest)
    source += piece.source
    rest = rest.slice(piece.text.length)
  }
  return source
}
