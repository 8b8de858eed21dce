import { isBlank } from './string-split.ts'

const every = (pattern: RegExp) => (text: string) => pattern.test(text)

/** Python's str.is…() methods. */
export const stringTests: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['isalpha', every(/^\p{L}+$/u)],
  ['isalnum', every(/^[\p{L}\p{N}]+$/u)],
  ['isdecimal', every(/^\p{Nd}+$/u)],
  ['isdigit', every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u)],
  ['isnumeric', every(/^\p{N}+$/u)],
  ['isascii', every(/^[\0-\x7f]*$/)],
  ['isidentifier', every(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u)],
  ['isprintable', every(/^(?:[^\p{C}\p{Z}]| )*$/u)],
  ['isspace', isBlank],
  ['islower', (text) => isLower(text)],
  ['isupper', (text) => isUpper(text)],
  ['istitle', (text) => isTitle(text)],
])

/** Python's str.islower(): something cased, and nothing upper. */
export function isLower(text: string): boolean {
  return /\p{Cased}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text)
}

/** Python's str.isupper(): something cased, and nothing lower. */
export function isUpper(text: string): boolean {
  return /\p{Cased}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text)
}

function isTitle(text: string): boolean {
  let afterCased = false
  let any = false
  for (const character of text) {
    const upper = /[\p{Lu}\p{Lt}]/u.test(character)
    const lower = /\p{Lowercase}/u.test(character)
    if ((upper && afterCased) || (lower && !afterCased)) return false
    afterCased = upper || lower
    any ||= afterCased
  }
  return any
}
