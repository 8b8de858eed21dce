import { parseEvents, YAMLException } from 'js-yaml'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { YamlScan } from '../file-scan.ts'
import type { DecodedRecord } from '../records/decoded-record.ts'
import { outlineText } from '../records/outline-text.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { type YamlDocument, yamlDocuments } from './yaml-documents.ts'
import { YamlDefect, YamlTree } from './yaml-tree.ts'

/**
 * YAML 1.2: each document is a record, or each item of a document that is a list. A document that is not YAML is one rejected
 * record, and those around it are read.
 */
export const yamlDecoder: RecordDecoder<YamlScan> = {
  async outline(file, options) {
    const text = await outlineText(file, options)
    return { scan: { format: 'yaml', ...text, fields: [] }, typed: false }
  },
  async *decode(file, scan) {
    let records = 0
    for await (const document of yamlDocuments(file, scan)) {
      const found = [...readDocument(document, records)]
      records += found.length
      yield found
    }
  },
}

function* readDocument(document: YamlDocument, before: number): Generator<DecodedRecord> {
  const { text } = document
  const place = (record: number, offset: number) => ({
    record,
    line: document.line + newLines(text, offset),
    byte: document.byte + Buffer.byteLength(text.slice(0, offset)),
  })
  const malformed = (record: number, offset: number, end: number, reason: string): DecodedRecord => ({
    raw: Buffer.from(text.slice(offset, end)).subarray(0, LONGEST_RAW),
    reason,
    place: place(record, offset),
  })
  if (document.problem !== undefined) {
    yield malformed(before + 1, 0, text.length, document.problem)
    return
  }
  let tree: YamlTree
  try {
    tree = new YamlTree(text, parseEvents(text, { maxDepth: 200 }))
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const where = error.mark === undefined ? '' : ` at line ${document.line + error.mark.line}`
    // The parser's own words may quote the text; where it is wrong is enough to find it.
    yield malformed(before + 1, 0, text.length, `not YAML${where}`)
    return
  }
  const items = tree.records()
  for (const [index, { at, start, end }] of items.entries()) {
    const record = before + index + 1
    try {
      yield { ...tree.record(at), place: place(record, start) }
    } catch (error) {
      if (!(error instanceof YamlDefect)) throw error
      yield malformed(record, start, end, error.message)
    }
  }
}

function newLines(text: string, end: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
