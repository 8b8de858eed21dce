import { PythonError } from '../../jinja/values/python-error.ts'

/** Python's flags, by value. */
export const flagValues = {
  IGNORECASE: 2,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
} as const

const inlineFlags: Readonly<Record<string, number>> = {
  i: flagValues.IGNORECASE,
  m: flagValues.MULTILINE,
  s: flagValues.DOTALL,
  u: flagValues.UNICODE,
  x: flagValues.VERBOSE,
  a: flagValues.ASCII,
}

const compiled = new Map<string, RegExp>()

/** A pattern of Python's `re` as JavaScript's, global and with indices. Throws ValueError for what it cannot be. */
export function regularExpression(pattern: string, flags = 0): RegExp {
  const key = `${flags}/${pattern}`
  const known = compiled.get(key)
  if (known) return known
  const { source, flags: all } = translated(pattern, flags)
  const letters = `dgu${all & flagValues.IGNORECASE ? 'i' : ''}${all & flagValues.MULTILINE ? 'm' : ''}${all & flagValues.DOTALL ? 's' : ''}`
  try {
    const made = tryUnicode(source, letters)
    compiled.set(key, made)
    return made
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new PythonError('ValueError', `bad regular expression: ${pattern}`)
  }
}

/** JavaScript's strict mode refuses escapes that Python takes, such as `\-`. */
function tryUnicode(source: string, letters: string): RegExp {
  try {
    return new RegExp(source, letters)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return new RegExp(source, letters.replace('u', ''))
  }
}

function translated(pattern: string, given: number): { readonly source: string; readonly flags: number } {
  let flags = given
  const body = pattern.replace(/^(?:\(\?[aimsux]+\))+/, (groups) => {
    for (const letter of groups) flags |= inlineFlags[letter] ?? 0
    return ''
  })
  const verbose = (flags & flagValues.VERBOSE) !== 0
  let source = ''
  let inClass = false
  for (let at = 0; at < body.length; at++) {
    const rest = body.slice(at)
    const character = body[at]!
    if (character === '\\') {
      const next = body[at + 1] ?? ''
      source += next === 'A' ? '(?<![\\s\\S])' : next === 'Z' ? '(?![\\s\\S])' : escaped(next, inClass)
      at++
    } else if (inClass) {
      if (character === ']') inClass = false
      source += character === '[' ? '\\[' : character
    } else if (character === '[') {
      inClass = true
      const opening = /^\[\^?\]?/.exec(rest)![0]
      source += opening.replace(/\]$/, '\\]')
      at += opening.length - 1
    } else if (rest.startsWith('(?P<')) {
      source += '(?<'
      at += 3
    } else if (rest.startsWith('(?P=')) {
      const name = /^\(\?P=(\w+)\)/.exec(rest)
      source += `\\k<${name?.[1] ?? ''}>`
      at += (name?.[0].length ?? 4) - 1
    } else if (rest.startsWith('(?#')) {
      at += Math.max(0, rest.indexOf(')'))
    } else if (verbose && /\s/.test(character)) {
      // Spaces mean nothing in a verbose pattern.
    } else if (verbose && character === '#') {
      const end = rest.indexOf('\n')
      at += end < 0 ? rest.length : end
    } else if (character === '$' && (flags & flagValues.MULTILINE) === 0) {
      source += '(?=\\n?(?![\\s\\S]))'
    } else if (character === '{' && !/^\{\d*,?\d*\}/.test(rest)) {
      source += '\\{'
    } else if (character === '}' && !/\{\d*,?\d*$/.test(source)) {
      source += '\\}'
    } else source += character
  }
  return { source, flags }
}

/** An escape that JavaScript's unicode mode takes as well; letters and digits differ as Python's do for Unicode. */
function escaped(character: string, inClass: boolean): string {
  switch (character) {
    case 'w':
      return inClass ? '\\p{L}\\p{N}_' : '[\\p{L}\\p{N}_]'
    case 'W':
      return inClass ? '\\W' : '[^\\p{L}\\p{N}_]'
    case 'd':
      return inClass ? '\\p{Nd}' : '\\p{Nd}'
    case 'D':
      return '\\P{Nd}'
    default:
      return /[\w^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character
  }
}
