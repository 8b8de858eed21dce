import { WaterworksError } from '../../errors/waterworks-error.ts'

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*/
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

/**
 * Reads the text of a `.env` file: `NAME=value` a line, perhaps after `export`. A value in single quotes is taken as it
 * stands, one in double quotes knows `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; both may run over several lines. Without quotes it
 * ends at the line's end or at a `#` after white space. Throws WW1041 at a line that is none of this: a variable that went
 * missing in silence would be looked for a long time.
 */
export function parseEnvFile(text: string, file: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  for (let at = 0; at < source.length; ) {
    const end = endOfLine(source, at)
    const line = source.slice(at, end)
    if (/^\s*(?:#|$)/.test(line)) {
      at = end + 1
      continue
    }
    const assignment = ASSIGNMENT.exec(line)
    if (assignment === null) throw unreadable('this is not NAME=value', file, source, at)
    const start = at + assignment[0].length
    const { value, next } = readValue(source, start, file)
    values[assignment[1]!] = value
    at = next
  }
  return values
}

interface Read {
  readonly value: string
  /** Where the next line begins. */
  readonly next: number
}

function readValue(source: string, start: number, file: string): Read {
  const quote = source[start]
  if (quote !== '"' && quote !== "'") return readBare(source, start)
  let value = ''
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at]!
    if (character === quote) {
      const end = endOfLine(source, at)
      if (/^[ \t]*(?:#|$)/.test(source.slice(at + 1, end))) return { value, next: end + 1 }
      throw unreadable('something follows the closing quote', file, source, start)
    }
    const escaped = quote === '"' && character === '\\' ? ESCAPES[source[at + 1] ?? ''] : undefined
    value += escaped ?? character
    if (escaped !== undefined) at += 1
  }
  throw unreadable('a quote is never closed', file, source, start)
}

function readBare(source: string, start: number): Read {
  const end = endOfLine(source, start)
  const line = source.slice(start, end)
  const comment = /(?:^|\s)#/.exec(line)
  return { value: line.slice(0, comment?.index ?? line.length).trim(), next: end + 1 }
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

/** The line itself is not shown: whatever it is, it may be a secret. */
function unreadable(message: string, file: string, source: string, at: number): WaterworksError {
  const before = source.slice(0, at)
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  return new WaterworksError('WW1041', { message, location: { file, line, column } })
}
