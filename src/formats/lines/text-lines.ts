import { isUtf8 } from 'node:buffer'
import { openText, type TextSource } from '../bytes/open-text.ts'
import type { Place } from '../csv/csv-reader.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'

const LF = 0x0a
const CR = 0x0d

/** A line may be as long as this, in bytes; it bounds what is kept in memory. */
export const LONGEST_LINE = 16 << 20

export interface TextLine {
  /** The line without its end; of one that is too long, its beginning. */
  readonly bytes: Buffer
  /** The text, unless it is too long or not text in the encoding. */
  readonly text: string | undefined
  readonly problem: string | undefined
  readonly place: Place
}

/**
 * The lines of a file that are not blank, numbered as records, with LF or CRLF between them. `skipLines` lines at the beginning are
 * passed over.
 */
export async function* textLines(
  file: string,
  source: TextSource,
  skipLines = 0,
): AsyncGenerator<readonly TextLine[]> {
  const { chunks, firstByte } = await openText(file, source)
  const cutter = new LineCutter(firstByte, skipLines)
  for await (const chunk of chunks) yield cutter.push(chunk)
  yield cutter.end()
}

class LineCutter {
  readonly #skipLines: number
  #parts: Buffer[] = []
  #size = 0
  #overlong = false
  #records = 0
  #line = 1
  #byte: number

  constructor(firstByte: number, skipLines: number) {
    this.#byte = firstByte
    this.#skipLines = skipLines
  }

  push(chunk: Buffer): readonly TextLine[] {
    const lines: TextLine[] = []
    let from = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      this.#keep(chunk.subarray(from, end))
      this.#endLine(lines, 1)
      from = end + 1
    }
    this.#keep(chunk.subarray(from))
    return lines
  }

  end(): readonly TextLine[] {
    const lines: TextLine[] = []
    if (this.#size > 0) this.#endLine(lines, 0)
    return lines
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return
    this.#size += part.length
    if (this.#size > LONGEST_LINE && !this.#overlong) {
      this.#overlong = true
      this.#parts = [Buffer.from(Buffer.concat([...this.#parts, part]).subarray(0, LONGEST_RAW))]
    } else if (!this.#overlong) this.#parts.push(part)
  }

  #endLine(lines: TextLine[], lineEnd: number): void {
    const whole = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    const bytes = !this.#overlong && whole.at(-1) === CR ? whole.subarray(0, -1) : whole
    if (this.#line > this.#skipLines && (this.#overlong || !isBlank(bytes))) {
      const place = { record: ++this.#records, line: this.#line, byte: this.#byte }
      const problem = this.#overlong ? 'the line is longer than 16 MiB' : undefinedUnlessBad(bytes)
      const text = problem === undefined ? bytes.toString('utf8') : undefined
      lines.push({
        bytes: problem === undefined ? bytes : bytes.subarray(0, LONGEST_RAW),
        text,
        problem,
        place,
      })
    }
    this.#byte += this.#size + lineEnd
    this.#line++
    this.#parts = []
    this.#size = 0
    this.#overlong = false
  }
}

function undefinedUnlessBad(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? undefined : 'bytes that are not text in the encoding'
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09)
}
