/**
 * The records of a text of CSV that comes in pieces: quotes around a value double those within, and may hold line breaks. Empty
 * lines are none. Holds no more than a piece and a record.
 */
export function* csvRecords(pieces: Iterable<string>, delimiter: string): Generator<string[]> {
  let text = ''
  let isFirst = true
  for (const piece of pieces) {
    text += isFirst ? piece.replace(/^\uFEFF/, '') : piece
    if (piece !== '') isFirst = false
    const read = new RowReader(text, delimiter, false)
    yield* read.rows()
    text = text.slice(read.at)
  }
  yield* new RowReader(text, delimiter, true).rows()
}

/** Reads the rows of a text up to the last one that is surely whole. */
class RowReader {
  readonly #text: string
  readonly #delimiter: string
  readonly #isLast: boolean
  /** Where the next row begins. */
  at = 0

  /** @param isLast whether no more text follows */
  constructor(text: string, delimiter: string, isLast: boolean) {
    this.#text = text
    this.#delimiter = delimiter
    this.#isLast = isLast
  }

  *rows(): Generator<string[]> {
    for (let row = this.#row(); row !== undefined; row = this.#row()) {
      if (row.length > 1 || row[0] !== '') yield row
    }
  }

  #row(): string[] | undefined {
    const { length } = this.#text
    if (this.at >= length) return undefined
    const row: string[] = []
    let at = this.at
    for (;;) {
      const { value, next } = this.#field(at)
      row.push(value)
      at = next
      // What ends here may go on in the next piece, or be half of a line's end.
      if (!this.#isLast && at + Math.max(2, this.#delimiter.length) > length) return undefined
      if (at >= length || !this.#text.startsWith(this.#delimiter, at)) break
      at += this.#delimiter.length
      if (at >= length) {
        row.push('')
        break
      }
    }
    if (this.#text[at] === '\r') at++
    if (this.#text[at] === '\n') at++
    this.at = at
    return row
  }

  #field(start: number): { readonly value: string; readonly next: number } {
    const text = this.#text
    let value = ''
    let at = start
    if (text[at] === '"') {
      for (at++; at < text.length; ) {
        const quote = text.indexOf('"', at)
        value += text.slice(at, quote === -1 ? text.length : quote)
        at = quote === -1 ? text.length : quote + 1
        if (text[at] !== '"' || quote === -1) break
        value += '"'
        at++
      }
    }
    const from = at
    while (at < text.length && !isEnd(text.charCodeAt(at)) && !text.startsWith(this.#delimiter, at)) at++
    return { value: value + text.slice(from, at), next: at }
  }
}

function isEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d
}
