import { isSpace, stripEnd, stripStart, WHITESPACE } from '../syntax/python-whitespace.ts'
import { textArgument } from '../values/argument.ts'

const words = new RegExp(`[^${WHITESPACE}]+`, 'g')
/** Where str.splitlines() breaks: more than newlines. */
const separators = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const lineBreak = new RegExp(`\\r\\n|[${separators}]`, 'g')

/** Python's strip, lstrip and rstrip: white space, or any of the given characters. */
export function strip(text: string, chars: unknown, side: 'start' | 'end' | 'both'): string {
  if (chars === undefined || chars === null) {
    const left = side === 'end' ? text : stripStart(text)
    return side === 'start' ? left : stripEnd(left)
  }
  const unwanted = new Set(textArgument(chars))
  const points = Array.from(text)
  let [start, end] = [0, points.length]
  if (side !== 'end') while (start < end && unwanted.has(points[start]!)) start++
  if (side !== 'start') while (end > start && unwanted.has(points[end - 1]!)) end--
  return points.slice(start, end).join('')
}

/** Python's split at runs of white space, at most `limit` times when it is not negative. */
export function splitAtWhitespace(text: string, limit: number, fromEnd: boolean): string[] {
  const found = [...text.matchAll(words)]
  if (limit < 0 || found.length <= limit) return found.map(([word]) => word)
  if (fromEnd) {
    const cut = found.length - limit
    const last = found[cut - 1]
    const head = last ? text.slice(0, last.index + last[0].length) : ''
    return [...(last ? [head] : []), ...found.slice(cut).map(([word]) => word)]
  }
  const rest = found[limit]
  const head = found.slice(0, limit).map(([word]) => word)
  return rest ? [...head, text.slice(rest.index)] : head
}

/** Python's split at a separator, at most `limit` times when it is not negative. */
export function splitAtSeparator(text: string, separator: string, limit: number, fromEnd: boolean): string[] {
  const parts = text.split(separator)
  if (limit < 0 || parts.length <= limit + 1) return parts
  if (fromEnd) {
    const cut = parts.length - limit
    return [parts.slice(0, cut).join(separator), ...parts.slice(cut)]
  }
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)]
}

/** Python's str.splitlines(). */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines: string[] = []
  let start = 0
  for (const { 0: ending, index } of text.matchAll(lineBreak)) {
    lines.push(text.slice(start, keepEnds ? index + ending.length : index))
    start = index + ending.length
  }
  if (start < text.length) lines.push(text.slice(start))
  return lines
}

/** Whether a text is white space only, and not empty. */
export function isBlank(text: string): boolean {
  return text !== '' && Array.from(text).every(isSpace)
}
