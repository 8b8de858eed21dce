import { textArgument } from '../values/argument.ts'
import { characters, textLength } from '../values/code-points.ts'
import { PythonError } from '../values/python-error.ts'

const cased = /\p{Cased}/u

/** Python's str.capitalize(). */
export function capitalize(text: string): string {
  const [first = '', ...rest] = Array.from(text)
  return first.toUpperCase() + rest.join('').toLowerCase()
}

/** Python's str.title(): a capital after anything that has no case. */
export function titleCase(text: string): string {
  let afterCased = false
  let result = ''
  for (const character of text) {
    result += afterCased ? character.toLowerCase() : character.toUpperCase()
    afterCased = cased.test(character)
  }
  return result
}

/** Python's str.swapcase(). */
export function swapCase(text: string): string {
  const swapped = Array.from(text, (character) => {
    const upper = character.toUpperCase()
    return upper === character ? character.toLowerCase() : upper
  })
  return swapped.join('')
}

/** The filling that brings a text to a width. */
export function pad(text: string, width: number, fill: unknown): string {
  return fillCharacter(fill).repeat(Math.max(0, width - textLength(text)))
}

/** Python's str.center(): the odd character goes left when the width is odd, as CPython has it. */
export function center(text: string, width: number, fill: unknown): string {
  const missing = Math.max(0, width - textLength(text))
  const left = (missing >> 1) + (missing & width & 1)
  const sign = fillCharacter(fill)
  return sign.repeat(left) + text + sign.repeat(missing - left)
}

/** Python's str.zfill(): zeros behind a sign. */
export function zeroFill(text: string, width: number): string {
  const zeros = '0'.repeat(Math.max(0, width - textLength(text)))
  return /^[+-]/.test(text) ? text[0] + zeros + text.slice(1) : zeros + text
}

/** Python's str.expandtabs(). */
export function expandTabs(text: string, size: number): string {
  let column = 0
  let result = ''
  for (const character of characters(text)) {
    if (character === '\t') {
      const spaces = size > 0 ? size - (column % size) : 0
      result += ' '.repeat(spaces)
      column += spaces
    } else {
      result += character
      column = character === '\n' || character === '\r' ? 0 : column + 1
    }
  }
  return result
}

function fillCharacter(fill: unknown): string {
  const sign = textArgument(fill, ' ')
  if (textLength(sign) === 1) return sign
  throw new PythonError('TypeError', 'The fill character must be exactly one character long')
}
