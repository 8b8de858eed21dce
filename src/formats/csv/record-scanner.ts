import { CR, type CsvDialect, LF, NONE } from './csv-dialect.ts'

/** Why a record is not well-formed. */
export type Malformation =
  | 'a quoted field never ends'
  | 'text after the closing quote of a field'
  | 'a carriage return outside quotes'
  | 'an escape character that escapes nothing'
  | 'the record is too long'

/** A record longer than this is taken for a missing quote; it bounds what is kept in memory. */
export const LONGEST_RECORD = 64 << 20

/**
 * The one tokenizer of delimited text: finds where a record ends and where its fields are. Counting and reading
 * both go through it, so they cannot disagree.
 *
 * RFC 4180 with these readings of what it leaves open:
 * - A record ends at LF or CRLF outside quotes, or at the end of the file. A CR elsewhere outside quotes is a defect.
 * - A quote opens a field only as its first byte; elsewhere in an unquoted field it is text, as in `5" pipe`.
 * - After the closing quote comes a delimiter or the record's end; anything else is a defect.
 * - A defect of quoting, CR, escape or length rejects the record's first line, and reading goes on with the next
 *   line: one missing quote never takes the rest of the file with it. Lines of what was meant to be one quoted
 *   field are then judged one by one.
 */
export class RecordScanner {
  readonly #dialect: CsvDialect
  readonly #longest: number
  /** The first byte after the record and its line end. */
  next = 0
  /** The first byte after the record's last field, without the line end. */
  end = 0
  /** How many line ends the record contains, its own included. */
  lines = 0
  fields = 0
  malformed: Malformation | undefined = undefined
  /** An unquoted field has a quote in it: well-formed here, but readers differ on it. */
  strayQuote = false
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  /** 0 unquoted, 1 quoted, 2 quoted with escapes inside. */
  quoting = new Uint8Array(64)

  constructor(dialect: CsvDialect, longest = LONGEST_RECORD) {
    this.#dialect = dialect
    this.#longest = longest
  }

  /**
   * Scans the record at `start`. False when its end is not in the buffer yet; with `final`, the buffer's end is
   * the file's end and the answer is always true.
   */
  scan(buffer: Buffer, start: number, final: boolean): boolean {
    const { delimiter, quote } = this.#dialect
    const end = buffer.length
    this.fields = 0
    this.lines = 0
    this.malformed = undefined
    this.strayQuote = false
    let at = start
    let loneReturn = false
    for (;;) {
      if (at < end && buffer[at] === quote && quote !== NONE) {
        const after = this.#quoted(buffer, at, final)
        if (after === WAIT) return this.#wait(buffer, start)
        if (this.malformed !== undefined) return this.#firstLine(buffer, start, after, final)
        at = after
        if (at === end) {
          if (!final) return this.#wait(buffer, start)
          return this.#complete(buffer, start, at, at, final, loneReturn)
        }
        const byte = buffer[at]!
        if (byte === delimiter) {
          at++
          continue
        }
        if (byte === LF) return this.#complete(buffer, start, at, at + 1, final, loneReturn)
        if (byte === CR) {
          if (at + 1 === end && !final) return this.#wait(buffer, start)
          if (buffer[at + 1] === LF) return this.#complete(buffer, start, at, at + 2, final, loneReturn)
        }
        this.malformed = 'text after the closing quote of a field'
        return this.#firstLine(buffer, start, byte === CR ? at + 1 : at, final)
      }
      const from = at
      let byte = NONE
      for (; at < end; at++) {
        byte = buffer[at]!
        if (byte === delimiter || byte === LF) break
        if (byte === quote) this.strayQuote = true
        else if (byte === CR) {
          if (at + 1 === end && !final) return this.#wait(buffer, start)
          if (buffer[at + 1] !== LF) loneReturn = true
        }
      }
      if (at === end) {
        if (!final) return this.#wait(buffer, start)
        this.#field(from, at, 0)
        return this.#complete(buffer, start, at, at, final, loneReturn)
      }
      if (byte === delimiter) {
        this.#field(from, at, 0)
        at++
        continue
      }
      const fieldEnd = at > from && buffer[at - 1] === CR ? at - 1 : at
      this.#field(from, fieldEnd, 0)
      return this.#complete(buffer, start, fieldEnd, at + 1, final, loneReturn)
    }
  }

  /** Returns the index after the closing quote, or after what a defect was waited for; or WAIT. */
  #quoted(buffer: Buffer, open: number, final: boolean): number {
    const { quote, escape: escaping } = this.#dialect
    const end = buffer.length
    let escaped = false
    let at = open + 1
    for (; at < end; at++) {
      const byte = buffer[at]!
      if (byte === LF) this.lines++
      else if (byte === escaping && (escaping !== quote || buffer[at + 1] === quote)) {
        if (at + 1 === end && !final) return WAIT
        if (buffer[at + 1] !== quote && buffer[at + 1] !== escaping) {
          this.malformed = 'an escape character that escapes nothing'
          return at + 1
        }
        escaped = true
        at++
      } else if (byte === quote) {
        if (at + 1 === end && !final) return WAIT
        this.#field(open + 1, at, escaped ? 2 : 1)
        return at + 1
      }
    }
    if (!final) return WAIT
    this.malformed = 'a quoted field never ends'
    return end
  }

  #field(start: number, end: number, quoting: number): void {
    const index = this.fields++
    if (index === this.starts.length) this.#grow()
    this.starts[index] = start
    this.ends[index] = end
    this.quoting[index] = quoting
  }

  #grow(): void {
    const size = this.starts.length * 2
    const [starts, ends, quoting] = [new Int32Array(size), new Int32Array(size), new Uint8Array(size)]
    starts.set(this.starts)
    ends.set(this.ends)
    quoting.set(this.quoting)
    this.starts = starts
    this.ends = ends
    this.quoting = quoting
  }

  #complete(
    buffer: Buffer,
    start: number,
    end: number,
    next: number,
    final: boolean,
    loneReturn: boolean,
  ): boolean {
    if (loneReturn) this.malformed = 'a carriage return outside quotes'
    if (loneReturn || next - start > this.#longest) return this.#firstLine(buffer, start, next, final)
    this.end = end
    this.next = next
    if (next > end) this.lines++
    return true
  }

  /**
   * The record is its first line, because of what follows `found`: so much was looked at in vain. False when the line is not whole yet. A
   * record that is too long is that above all: how much of it was seen at once must not matter.
   */
  #firstLine(buffer: Buffer, start: number, found: number, final: boolean): boolean {
    const lineEnd = buffer.indexOf(LF, start)
    if (lineEnd === -1 && !final) return false
    const lineSize = (lineEnd === -1 ? buffer.length : lineEnd + 1) - start
    if (Math.max(lineSize, found - start) > this.#longest) this.malformed = 'the record is too long'
    this.lines = lineEnd === -1 ? 0 : 1
    this.next = lineEnd === -1 ? buffer.length : lineEnd + 1
    const cut = lineEnd === -1 ? buffer.length : lineEnd
    this.end = cut > start && lineEnd !== -1 && buffer[cut - 1] === CR ? cut - 1 : cut
    return true
  }

  /** More bytes are needed, unless the record is too long already. */
  #wait(buffer: Buffer, start: number): boolean {
    if (buffer.length - start <= this.#longest) return false
    return this.#firstLine(buffer, start, buffer.length, false)
  }
}

const WAIT = -1
