import { type JsonVisitor, LONGEST_RAW, visitJson } from './json-record.ts'
import { LONGEST_VALUE } from './json-splitter.ts'

const LF = 0x0a

/**
 * Reads newline-delimited JSON pushed in chunks of UTF-8. Every line with something other than white space on it is
 * a record; one that is not a JSON object is rejected with its line.
 */
export class NdjsonReader {
  readonly #visitor: JsonVisitor | undefined
  #records = 0
  #parts: Buffer[] = []
  #size = 0
  #line = 1
  #lineByte: number
  #overlong = false

  /** Without a visitor records are only counted. */
  constructor(visitor?: JsonVisitor, firstByte = 0) {
    this.#visitor = visitor
    this.#lineByte = firstByte
  }

  get records(): number {
    return this.#records
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      this.#endLine(chunk.subarray(from, end), 1)
      from = end + 1
    }
    this.#keep(chunk.subarray(from))
  }

  end(): void {
    if (this.#size > 0) this.#endLine(Buffer.alloc(0), 0)
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return
    this.#size += part.length
    if (this.#size > LONGEST_VALUE && !this.#overlong) {
      this.#overlong = true
      this.#parts = [Buffer.from(Buffer.concat(this.#parts).subarray(0, LONGEST_RAW))]
    }
    if (!this.#overlong) this.#parts.push(part)
  }

  #endLine(last: Buffer, lineEnd: number): void {
    this.#keep(last)
    const line = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    if (this.#overlong || !isBlank(line)) this.#record(line)
    this.#lineByte += this.#size + lineEnd
    this.#line++
    this.#parts = []
    this.#size = 0
    this.#overlong = false
  }

  #record(line: Buffer): void {
    this.#records++
    const visitor = this.#visitor
    if (!visitor) return
    const place = { record: this.#records, line: this.#line, byte: this.#lineByte }
    const reason = this.#overlong
      ? 'the record is longer than 256 MiB'
      : visitJson(line, place, visitor)?.reason
    if (reason !== undefined) visitor.reject(line.subarray(0, LONGEST_RAW), reason, place)
  }
}

/** JSON's white space only; a byte-order mark in the middle of a file, say, is not blank. */
function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
