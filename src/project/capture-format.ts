import type { LogicalType } from '../batch/logical-type.ts'

/** The parts of a time that a file name may hold, with how many digits each has. */
const PARTS = { YYYY: 4, MM: 2, DD: 2, HH: 2, mm: 2, ss: 2 } as const
type Part = keyof typeof PARTS
const PART = /YYYY|MM|DD|HH|mm|ss/g

/**
 * What a capture's text must look like, and the value it stands for: any text; `int`, digits; or a time written in the parts YYYY,
 * MM, DD, HH, mm and ss with whatever stands between them. Year, month and day together are a date, with hours a timestamp;
 * fewer parts are a whole number where there is one of them.
 */
export class CaptureFormat {
  readonly type: LogicalType
  /** The text as a regular expression, without groups that capture. */
  readonly source: string
  readonly #parts: readonly Part[]
  readonly #reader: RegExp | undefined

  private constructor(type: LogicalType, source: string, parts: readonly Part[], reader?: RegExp) {
    this.type = type
    this.source = source
    this.#parts = parts
    this.#reader = reader
  }

  /** Undefined when the text is no format. */
  static parse(text: string | undefined): CaptureFormat | undefined {
    if (text === undefined) return new CaptureFormat({ kind: 'text' }, '[^/]+?', [])
    if (text === 'int') return new CaptureFormat({ kind: 'int64' }, '\\d{1,18}', [])
    const parts = [...text.matchAll(PART)].map(([part]) => part as Part)
    if (parts.length === 0 || new Set(parts).size < parts.length) return undefined
    const between = text.split(PART).map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    if (between.some((each) => /[A-Za-z0-9]/.test(each.replace(/^[TZ]$/, '')))) return undefined
    const join = (digits: (part: Part) => string) =>
      between.reduce((source, each, index) => source + digits(parts[index - 1]!) + each)
    const source = join((part) => `\\d{${PARTS[part]}}`)
    const reader = new RegExp(`^${join((part) => `(\\d{${PARTS[part]}})`)}$`, 'u')
    const type = typeOf(new Set(parts))
    return type && new CaptureFormat(type, source, parts, reader)
  }

  /** The text as its type is written; undefined where it is no such day or time. */
  value(text: string): string | undefined {
    if (this.type.kind === 'text') return text
    const digits = this.#reader?.exec(text)?.slice(1)
    if (digits === undefined || this.type.kind === 'int64') return String(BigInt(digits?.[0] ?? text))
    const parts = new Map(this.#parts.map((part, index) => [part, digits[index]!]))
    const part = (name: Part) => parts.get(name) ?? '00'
    const day = `${part('YYYY')}-${part('MM')}-${part('DD')}`
    const time = `${part('HH')}:${part('mm')}:${part('ss')}`
    const moment = new Date(`${day}T${time}Z`)
    if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 19) !== `${day}T${time}`)
      return undefined
    return this.type.kind === 'date' ? day : `${day} ${time}`
  }
}

function typeOf(parts: ReadonlySet<Part>): LogicalType | undefined {
  const has = (...names: Part[]) => names.every((name) => parts.has(name))
  if (parts.size === 1) return { kind: 'int64' }
  if (!has('YYYY', 'MM', 'DD')) return undefined
  if (parts.size === 3) return { kind: 'date' }
  if (!has('HH') || (has('ss') && !has('mm'))) return undefined
  return { kind: 'timestamp' }
}
