/** What Python's `\s` and `str.strip()` take as white space; JavaScript's `\s` differs (it has U+FEFF, not U+0085). */
export const WHITESPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const leading = new RegExp(`^[${WHITESPACE}]+`)
const space = new RegExp(`[${WHITESPACE}]`)

/** The text without white space at its start. */
export function stripStart(text: string): string {
  return text.replace(leading, '')
}

/** The text without white space at its end. */
export function stripEnd(text: string): string {
  let end = text.length
  while (end > 0 && space.test(text[end - 1]!)) end--
  return end === text.length ? text : text.slice(0, end)
}

/** Whether one character is white space to Python. */
export function isSpace(character: string): boolean {
  return space.test(character)
}
