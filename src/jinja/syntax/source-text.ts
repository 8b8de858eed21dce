import type { Location } from '../../errors/location.ts'

/** A template's text with its line breaks made `\n`, able to tell the place of any offset in it. */
export class SourceText {
  readonly file: string
  readonly text: string
  readonly #firstLine: number
  #lineStarts: number[] | undefined

  /** `firstLine` is the line of the file at which the text begins, for templates cut out of larger files. */
  constructor(file: string, source: string, firstLine = 1) {
    this.file = file
    this.text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
    this.#firstLine = firstLine
  }

  /** The line and column of an offset, with the text of the line. */
  locate(offset: number): Location {
    const starts = this.#starts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    const start = starts[low]!
    const end = starts[low + 1] === undefined ? this.text.length : starts[low + 1]! - 1
    return {
      file: this.file,
      line: low + this.#firstLine,
      column: offset - start + 1,
      text: this.text.slice(start, end),
    }
  }

  #starts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts
    const starts = [0]
    for (let i = this.text.indexOf('\n'); i !== -1; i = this.text.indexOf('\n', i + 1)) starts.push(i + 1)
    this.#lineStarts = starts
    return starts
  }
}
