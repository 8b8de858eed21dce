import { isUtf8 } from 'node:buffer'
import { CR, type CsvDialect, LF, NONE } from './csv-dialect.ts'
import { LONGEST_RECORD, RecordScanner } from './record-scanner.ts'

/** Where a record stands: its number and line, both from 1, and the offset of its first byte. */
export interface Place {
  readonly record: number
  readonly line: number
  readonly byte: number
}

export interface CsvVisitor {
  /** A well-formed record. The fields are in the scanner, as ranges of the buffer; valid during the call only. */
  record(buffer: Buffer, scanner: RecordScanner, place: Place): void
  /** A record that is not well-formed, its bytes without the line end (at most `LONGEST_RAW` of them), and why. */
  reject(raw: Buffer, reason: string, place: Place): void
}

export interface CsvReaderOptions {
  /** How many fields a record must have; any number when undefined. */
  readonly fields?: number | undefined
  /** The offset of the first byte pushed, where a byte-order mark was taken off. */
  readonly firstByte?: number
  /** Longer records, in bytes, are rejected: LONGEST_RECORD unless given. */
  readonly longestRecord?: number
  /** Called for every record; without it records are only counted, and text without quotes at memory speed. */
  readonly visitor?: CsvVisitor
}

/** Of a record that is too long or not well-formed, this many bytes are kept at most. */
export const LONGEST_RAW = 1 << 20

/**
 * Reads delimited text pushed to it in chunks of UTF-8, whatever their sizes: the same records come out. Beyond
 * the tokenizer's rules, a record is rejected when its number of fields is wrong, when its bytes are not UTF-8, or
 * when it contains NUL. Blank lines are no records, except in files of one column, where each is a NULL.
 */
export class CsvReader {
  readonly #dialect: CsvDialect
  readonly #fields: number | undefined
  readonly #visitor: CsvVisitor | undefined
  readonly #scanner: RecordScanner
  readonly #longest: number
  #records = 0
  #chunks: Buffer[] = []
  #pending = 0
  #needed = 0
  #line = 1
  #offset: number
  #skipLines: number
  #header: boolean
  /** Set while a line longer than any record is passed over. */
  #overlong: { readonly raw: Buffer; readonly place: Place } | undefined
  #odd = false
  #crlfEnds = 0
  #lfEnds = 0

  constructor(dialect: CsvDialect, options: CsvReaderOptions = {}) {
    this.#dialect = dialect
    this.#fields = options.fields
    this.#visitor = options.visitor
    this.#offset = options.firstByte ?? 0
    this.#longest = options.longestRecord ?? LONGEST_RECORD
    this.#scanner = new RecordScanner(dialect, this.#longest)
    this.#skipLines = dialect.skipLines
    this.#header = dialect.header
  }

  /** Records so far, well-formed or not; all of them once `end` was called. */
  get records(): number {
    return this.#records
  }

  /** Nothing was met on which readers of delimited text differ. */
  get plain(): boolean {
    return !this.#odd && (this.#crlfEnds === 0 || this.#lfEnds === 0)
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#pending += chunk.length
    // A record that does not end in what there is waits until twice as much is there: linear however long it is.
    if (this.#pending >= this.#needed) this.#drain(false)
  }

  /** No more chunks come. */
  end(): void {
    this.#drain(true)
  }

  #drain(final: boolean): void {
    const buffer = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    const window = new Window(buffer)
    if (window.hasNul || (!this.#visitor && window.hasLoneReturn)) this.#odd = true
    let at = 0
    while (at < buffer.length) {
      const next = this.#step(buffer, at, final, window)
      if (next === STUCK) break
      this.#offset += next - at
      at = next
    }
    if (final && this.#overlong) this.#finishOverlong(buffer, at, true)
    const rest = buffer.subarray(at)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#pending = rest.length
    this.#needed = rest.length * 2
  }

  /** Takes one record, line or stretch of lines; returns where the next begins, or STUCK when bytes are missing. */
  #step(buffer: Buffer, at: number, final: boolean, window: Window): number {
    if (this.#overlong) return this.#finishOverlong(buffer, at, final)
    if (this.#skipLines > 0) return this.#skipLine(buffer, at, final)
    if (!this.#visitor && !this.#header) {
      const counted = this.#countLines(buffer, at)
      if (counted > at) return counted
    }
    const blank = blankLine(buffer, at, final)
    if (blank === STUCK) return STUCK
    if (blank > 0 && !this.#dialect.blankIsRecord) {
      // Some readers take it for the header.
      if (this.#header) this.#odd = true
      this.#line++
      this.#countLineEnd(buffer, at + blank)
      return at + blank
    }
    const scanner = this.#scanner
    if (!scanner.scan(buffer, at, final)) {
      return buffer.length - at > this.#longest ? this.#beginOverlong(buffer, at) : STUCK
    }
    const { next } = scanner
    if (scanner.malformed !== undefined || scanner.strayQuote) this.#odd = true
    if (scanner.lines > 0) this.#countLineEnd(buffer, next)
    if (this.#header) this.#header = false
    else {
      this.#records++
      this.#visit(buffer, at, window)
    }
    this.#line += scanner.lines
    return next
  }

  #visit(buffer: Buffer, at: number, window: Window): void {
    const visitor = this.#visitor
    if (!visitor) return
    const scanner = this.#scanner
    const place = { record: this.#records, line: this.#line, byte: this.#offset }
    const reason = this.#defect(buffer, at, window)
    if (reason === undefined) visitor.record(buffer, scanner, place)
    else visitor.reject(buffer.subarray(at, Math.min(scanner.end, at + LONGEST_RAW)), reason, place)
  }

  #defect(buffer: Buffer, at: number, window: Window): string | undefined {
    const { malformed, fields, end } = this.#scanner
    if (malformed !== undefined) return malformed
    const expected = this.#fields
    if (expected !== undefined && fields !== expected) {
      return `too ${fields < expected ? 'few' : 'many'} fields: ${fields} instead of ${expected}`
    }
    if (end > window.utf8Until && !isUtf8(buffer.subarray(at, end)))
      return 'bytes that are not text in the encoding'
    if (window.hasNul && buffer.subarray(at, end).includes(0)) return 'a NUL character'
    return undefined
  }

  /** Counts whole lines up to the one with the next quote; returns where it stopped. */
  #countLines(buffer: Buffer, at: number): number {
    const { quote, blankIsRecord } = this.#dialect
    const quoteAt = quote === NONE ? -1 : buffer.indexOf(quote, at)
    const until = (quoteAt === -1 ? buffer.lastIndexOf(LF) : buffer.lastIndexOf(LF, quoteAt)) + 1
    let line = at
    while (line < until) {
      const end = buffer.indexOf(LF, line)
      const crlf = end > line && buffer[end - 1] === CR
      if (crlf) this.#crlfEnds++
      else this.#lfEnds++
      if (blankIsRecord || end - line > (crlf ? 1 : 0)) this.#records++
      line = end + 1
    }
    return line
  }

  #countLineEnd(buffer: Buffer, next: number): void {
    if (buffer[next - 2] === CR) this.#crlfEnds++
    else this.#lfEnds++
  }

  #skipLine(buffer: Buffer, at: number, final: boolean): number {
    const end = buffer.indexOf(LF, at)
    if (end === -1) return final ? buffer.length : STUCK
    this.#skipLines--
    this.#line++
    return end + 1
  }

  #beginOverlong(buffer: Buffer, at: number): number {
    this.#odd = true
    if (!this.#header) this.#records++
    this.#overlong = {
      raw: Buffer.from(buffer.subarray(at, at + LONGEST_RAW)),
      place: { record: this.#records, line: this.#line, byte: this.#offset },
    }
    return buffer.length
  }

  #finishOverlong(buffer: Buffer, at: number, final: boolean): number {
    const end = buffer.indexOf(LF, at)
    if (end === -1 && !final) return buffer.length
    const { raw, place } = this.#overlong!
    this.#overlong = undefined
    this.#line++
    if (this.#header) this.#header = false
    else this.#visitor?.reject(raw, 'the record is too long', place)
    return end === -1 ? buffer.length : end + 1
  }
}

const STUCK = -1

/** How many bytes of blank line there are at `at`: 0 when the line is not blank, STUCK when that is not known yet. */
function blankLine(buffer: Buffer, at: number, final: boolean): number {
  if (buffer[at] === LF) return 1
  if (buffer[at] !== CR) return 0
  if (at + 1 === buffer.length) return final ? 0 : STUCK
  return buffer[at + 1] === LF ? 2 : 0
}

/** What is true of a whole buffer, found out at most once, so that its records need not be asked. */
class Window {
  readonly #buffer: Buffer
  readonly hasNul: boolean
  #utf8Until: number | undefined

  constructor(buffer: Buffer) {
    this.#buffer = buffer
    this.hasNul = buffer.includes(0)
  }

  /** Up to here all is UTF-8: the last line end in the buffer, for what follows may be cut within a character. */
  get utf8Until(): number {
    if (this.#utf8Until === undefined) {
      const until = this.#buffer.lastIndexOf(LF) + 1
      this.#utf8Until = isUtf8(this.#buffer.subarray(0, until)) ? until : 0
    }
    return this.#utf8Until
  }

  /** A CR is followed by something else than LF (or by nothing yet known). */
  get hasLoneReturn(): boolean {
    const buffer = this.#buffer
    for (let at = buffer.indexOf(CR); at !== -1; at = buffer.indexOf(CR, at + 1)) {
      if (at + 1 < buffer.length && buffer[at + 1] !== LF) return true
    }
    return false
  }
}
