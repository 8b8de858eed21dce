import {
  CHOMPING_MODE,
  constructFromEvents,
  EVENT_ID,
  type Event,
  loadAll,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { lineText } from './line-text.ts'
import { parseLeniently } from './parse-leniently.ts'
import { COMPLEX_KEY, WORD_KEY, type YamlRules, yamlSchema } from './yaml-rules.ts'

/** Aliases can make a small text stand for an enormous document; nobody writes one of this size by hand. */
const LARGEST_DOCUMENT = 1_000_000

/**
 * The one document of a YAML file, as plain data; undefined for a file without content.
 * Throws WaterworksError WW1002 for a text that is not YAML and WW1003 for a key that stands twice, of which dbt's files have the
 * last: there WW1003 is given to `onDuplicate`.
 */
export function parseYaml(
  text: string,
  file: string,
  rules: YamlRules,
  onDuplicate: (error: WaterworksError) => void = () => undefined,
): unknown {
  const documents = load(text, file, { rules, onDuplicate })
  if (documents.length > 1) {
    const second = secondDocument(text)
    throw failure('WW1002', 'the file holds more than one YAML document', {
      file,
      line: second,
      column: 1,
      text: lineText(text, second),
    })
  }
  const document = documents[0]
  if (text.includes('*') && text.includes('&')) refuseEndless(document, file)
  return document ?? undefined
}

interface Reading {
  readonly rules: YamlRules
  readonly onDuplicate: (error: WaterworksError) => void
  /** Whether the last of a key that stands twice is taken. */
  readonly takesLast?: boolean
}

function load(text: string, file: string, reading: Reading): unknown[] {
  const { rules, onDuplicate, takesLast = false } = reading
  try {
    return rules === 'core'
      ? loadAll(text, { schema: yamlSchema(rules) })
      : loadLikeDbt(text, rules, takesLast)
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw new WaterworksError('WW1002', {
        message: 'the file is not YAML that can be read',
        location: { file, line: 1, column: 1, text: lineText(text, 1) },
        cause: error,
      })
    }
    const duplicate = error.reason === 'duplicated mapping key'
    const message = duplicate
      ? 'the same key stands twice in one mapping'
      : `the YAML does not parse: ${error.reason}`
    const { line, column } = placeOfRefusedKey(error.reason, text) ?? {
      line: (error.mark?.line ?? 0) + 1,
      column: (error.mark?.column ?? 0) + 1,
    }
    const place = { file, line, column, text: lineText(text, line) }
    const problem = failure(duplicate ? 'WW1003' : 'WW1002', message, place)
    if (!duplicate || rules === 'core') throw problem
    onDuplicate(problem)
    return load(text, file, { ...reading, takesLast: true })
  }
}

/** As dbt reads its files: without what is blank at the end, and then by PyYAML. */
function loadLikeDbt(text: string, rules: YamlRules, takesLast: boolean): unknown[] {
  const { result: events, text: read } = parseLeniently(text.trimEnd(), (lines) => parseEvents(lines, {}))
  const documents = withoutLastBreak(events, read)
  return constructFromEvents(documents, { source: read, schema: yamlSchema(rules), json: takesLast })
}

/** A text in block style that ends where the file ends has no line break after it, which js-yaml would add. */
function withoutLastBreak(events: Event[], text: string): Event[] {
  const at = events.findLastIndex(({ type }) => type !== EVENT_ID.POP)
  const last = events[at]
  if (last?.type !== EVENT_ID.SCALAR || last.chomping !== CHOMPING_MODE.CLIP) return events
  const isBlock = last.style === SCALAR_STYLE.LITERAL_BLOCK || last.style === SCALAR_STYLE.FOLDED_BLOCK
  if (!isBlock || last.valueEnd < text.length) return events
  return events.with(at, { ...last, chomping: CHOMPING_MODE.STRIP })
}

const REFUSED_KEYS = [
  { message: COMPLEX_KEY, pattern: /^[^'"#\n]*?[:-][ \t]+(\{\{)/m },
  { message: WORD_KEY, pattern: /^[ \t]*(?:- +)*((?:yes|no|on|off|true|false|null|~)[ \t]*:)/im },
]

/** The parser reports a key that is refused at the start of its mapping; this is where it most likely stands. */
function placeOfRefusedKey(reason: string, text: string): { line: number; column: number } | undefined {
  const found = REFUSED_KEYS.find(({ message }) => reason === message)?.pattern.exec(text)
  if (!found) return undefined
  const before = text.slice(0, found.index + found[0].length - found[1]!.length)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}

function failure(code: ErrorCode, message: string, location: Location): WaterworksError {
  return new WaterworksError(code, { message, location })
}

function secondDocument(text: string): number {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  const second = lines.findIndex((line, index) => index > first && /^---(\s|$)/.test(line))
  return Math.max(second, 0) + 1
}

/** Counts values with aliases written out; refuses documents that contain themselves or grow without measure. */
function refuseEndless(document: unknown, file: string): void {
  const sizes = new Map<object, number>()
  const measure = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1
    const known = sizes.get(value)
    if (known !== undefined) return known
    sizes.set(value, Number.POSITIVE_INFINITY)
    let size = 1
    for (const part of Object.values(value)) size += measure(part)
    sizes.set(value, size)
    return size
  }
  if (measure(document) > LARGEST_DOCUMENT) {
    throw new WaterworksError('WW1002', {
      message: 'the aliases of the file refer to themselves or stand for too much',
      location: { file, line: 1, column: 1 },
      hint: 'Write the values out instead of using & and *.',
    })
  }
}
