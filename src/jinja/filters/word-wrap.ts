import { stripEnd } from '../syntax/python-whitespace.ts'
import { characters, textLength } from '../values/code-points.ts'

export interface WrapOptions {
  readonly width: number
  readonly breakLong: boolean
  readonly breakHyphens: boolean
}

/** One line of text cut to lines of a width at spaces and hyphens, as Python's textwrap without tab handling. */
export function wrapLine(line: string, { width, breakLong, breakHyphens }: WrapOptions): readonly string[] {
  const chunks = (breakHyphens ? hyphenChunks(line) : line.split(/(\s+)/))
    .filter((chunk) => chunk !== '')
    .reverse()
  const lines: string[] = []
  while (chunks.length > 0) {
    if (lines.length > 0 && chunks.at(-1)!.trim() === '') chunks.pop()
    const current: string[] = []
    let length = 0
    for (let chunk = chunks.at(-1); chunk !== undefined; chunk = chunks.at(-1)) {
      const size = textLength(chunk)
      if (length + size > width) break
      current.push(chunk)
      length += size
      chunks.pop()
    }
    const next = chunks.at(-1)
    if (next !== undefined && textLength(next) > width)
      breakChunk(chunks, current, width - length, { breakLong, breakHyphens })
    if (current.length > 0 && current.at(-1)!.trim() === '') current.pop()
    if (current.length > 0) lines.push(stripEnd(current.join('')))
  }
  return lines
}

function breakChunk(
  chunks: string[],
  current: string[],
  room: number,
  { breakLong, breakHyphens }: Omit<WrapOptions, 'width'>,
): void {
  const chunk = chunks.pop()!
  if (breakLong) {
    const points = characters(chunk)
    const space = Math.max(room, 1)
    const dash = breakHyphens ? points.slice(0, space).lastIndexOf('-') : -1
    const afterDash = dash > 0 && points.slice(0, dash).some((point) => point !== '-')
    const cut = afterDash ? dash + 1 : space
    current.push(points.slice(0, cut).join(''))
    chunks.push(points.slice(cut).join(''))
  } else if (current.length === 0) current.push(chunk)
  else chunks.push(chunk)
}

/** textwrap's rule: a hyphen after two letters (or a letter, a hyphen and a letter) and before two more. */
const hyphen = /(?<=[\p{L}_]{2}-|[\p{L}_]-[\p{L}_]-)(?=[\p{L}_]-?[\p{L}_])/u

/** Words, spaces, and the parts of hyphenated words. */
function hyphenChunks(line: string): string[] {
  return line.split(/(\s+)/).flatMap((chunk) => chunk.split(hyphen))
}
