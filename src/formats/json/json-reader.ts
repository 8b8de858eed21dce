import { type JsonVisitor, LONGEST_RAW, visitJson } from './json-record.ts'
import { type DocumentDefect, type JsonPiece, JsonSplitter } from './json-splitter.ts'

const nobody: JsonVisitor = { record() {}, reject() {} }

/**
 * Reads a JSON document pushed in chunks of UTF-8: each element of a top-level array is a record, else each of the
 * values one after another. A document with a mistake of syntax anywhere is one rejected record, whatever was
 * visited before: `defect` says so at the end, and the visitor's rows are then void. An element that is JSON, but no
 * object, is rejected alone.
 */
export class JsonReader {
  readonly #visitor: JsonVisitor
  readonly #splitter: JsonSplitter
  #records = 0
  #defect: DocumentDefect | undefined

  constructor(visitor: JsonVisitor = nobody, firstByte = 0) {
    this.#visitor = visitor
    this.#splitter = new JsonSplitter((piece) => this.#piece(piece), firstByte)
  }

  get records(): number {
    return this.defect ? 1 : this.#records
  }

  get defect(): DocumentDefect | undefined {
    return this.#defect ?? this.#splitter.defect
  }

  push(chunk: Buffer): void {
    if (!this.defect) this.#splitter.push(chunk)
  }

  end(): void {
    if (!this.#defect) this.#splitter.end()
  }

  #piece({ bytes, line, byte }: JsonPiece): void {
    if (this.#defect) return
    this.#records++
    const place = { record: this.#records, line, byte }
    const defect = visitJson(bytes, place, this.#visitor)
    if (!defect) return
    if (defect.syntax) this.#defect = { problem: defect.reason, line, byte }
    else this.#visitor.reject(bytes.subarray(0, LONGEST_RAW), defect.reason, place)
  }
}
