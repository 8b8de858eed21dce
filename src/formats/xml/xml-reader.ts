import { SaxesParser, type SaxesTagNS } from 'saxes'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { XmlScan } from '../file-scan.ts'
import type { DecodedRecord } from '../records/decoded-record.ts'
import { XmlElement } from './xml-element.ts'
import { XmlPath } from './xml-path.ts'

/** A record may have so many characters of text and names; it bounds what is kept in memory. */
const LONGEST_RECORD = 64 << 20
const DEEPEST = 500

/**
 * Reads a document pushed in pieces of text, and tells each record as its element ends. Throws when the document is not well-formed: `problem`
 * says how, without the parser's words, which may quote the text.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  readonly #path: XmlPath
  readonly #lists: ReadonlySet<string>
  readonly #tell: (record: DecodedRecord) => void
  /** The record being read, innermost element last. */
  #open: XmlElement[] = []
  #trail: string[] = []
  #records = 0
  #size = 0
  #unbroken = 0
  #line = 1
  #problem: string | undefined

  constructor({ recordPath, lists }: XmlScan, tell: (record: DecodedRecord) => void) {
    this.#path = new XmlPath(recordPath)
    this.#lists = new Set(lists)
    this.#tell = tell
    const parser = this.#parser
    parser.on('error', () => {
      this.#problem ??= `not well-formed XML at line ${parser.line}, column ${parser.column}`
      throw new Error(this.#problem)
    })
    parser.on('opentag', (tag) => this.#begin(tag))
    parser.on('closetag', () => this.#finish())
    parser.on('text', (text) => this.#text(text))
    parser.on('cdata', (text) => this.#text(text))
  }

  get problem(): string | undefined {
    return this.#problem
  }

  push(text: string): void {
    // The parser keeps what stands between two tags, or within one, until it ends.
    this.#unbroken += text.length
    if (this.#unbroken > LONGEST_RECORD) this.#fail('a text or tag is longer than 64 Mi characters')
    if (text !== '') this.#parser.write(text)
  }

  end(): void {
    this.#parser.close()
  }

  #begin(tag: SaxesTagNS): void {
    this.#unbroken = 0
    if (this.#trail.length >= DEEPEST) this.#fail(`elements are nested deeper than ${DEEPEST}`)
    this.#trail.push(tag.local)
    if (this.#open.length === 0) {
      if (!this.#path.matches(this.#trail)) return
      this.#line = this.#parser.line
      this.#size = 0
    }
    const element = new XmlElement(tag.local, tag.uri)
    for (const { local, prefix, value, uri } of Object.values(tag.attributes)) {
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue
      if (uri === XSI && local === 'nil' && /^(?:true|1)$/.test(value)) element.nil = true
      if (uri === XSI) continue
      element.attribute(local, value)
      this.#grow(local.length + value.length)
    }
    this.#open.push(element)
    this.#grow(tag.local.length)
  }

  #text(text: string): void {
    const element = this.#open.at(-1)
    if (element === undefined) return
    this.#grow(text.length)
    element.text += text
  }

  #finish(): void {
    this.#unbroken = 0
    this.#trail.pop()
    const element = this.#open.pop()
    if (element === undefined) return
    const around = this.#open.at(-1)
    if (around !== undefined) {
      around.child(element)
      return
    }
    const place = { record: ++this.#records, line: this.#line, byte: -1 }
    const problem = element.problem
    if (problem === undefined) this.#tell({ ...element.record(this.#lists), place })
    else {
      const raw = Buffer.from(element.json(this.#lists)).subarray(0, LONGEST_RAW)
      this.#tell({ raw, reason: problem, place })
    }
  }

  #grow(length: number): void {
    this.#size += length
    if (this.#size > LONGEST_RECORD) this.#fail('a record is longer than 64 Mi characters')
  }

  #fail(problem: string): never {
    this.#problem = `${problem}, at line ${this.#parser.line}`
    throw new Error(this.#problem)
  }
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
