import { isUtf8 } from 'node:buffer'
import type { Field } from '../../batch/logical-type.ts'
import { openText } from '../bytes/open-text.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { DocumentScan } from '../file-scan.ts'
import { outlineText } from '../records/outline-text.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { documentCounts } from './document-counts.ts'

/** A document may be as long as this, in bytes: it is held in memory as a whole. */
const LONGEST_DOCUMENT = 64 << 20

const fields: readonly Field[] = [
  { name: 'content', type: { kind: 'text' } },
  { name: 'characters', type: { kind: 'int64' } },
  { name: 'lines', type: { kind: 'int64' } },
  { name: 'bytes', type: { kind: 'int64' } },
]

/** A file of plain text as one record. */
export const textDocumentDecoder: RecordDecoder<DocumentScan> = {
  async outline(file, options) {
    const text = await outlineText(file, options)
    const declared = options.columns ?? {}
    const own = fields.map(({ name, type }) => ({ name, type: declared[name] ?? type }))
    return { scan: { format: 'text', ...text, fields: own }, typed: true }
  },
  count: async () => 1,
  async *decode(file, scan) {
    const { chunks } = await openText(file, scan)
    const place = { record: 1, line: 1, byte: 0 }
    const parts: Buffer[] = []
    let size = 0
    for await (const chunk of chunks) {
      size += chunk.length
      parts.push(chunk)
      if (size > LONGEST_DOCUMENT) break
    }
    const bytes = Buffer.concat(parts)
    const problem =
      size > LONGEST_DOCUMENT
        ? 'the document is longer than 64 MiB'
        : isUtf8(bytes)
          ? undefined
          : 'bytes that are not text in the encoding'
    if (problem !== undefined) {
      yield [{ raw: bytes.subarray(0, LONGEST_RAW), reason: problem, place }]
      return
    }
    const content = bytes.toString('utf8')
    const { characters, lines } = documentCounts(content)
    const counts = [characters, lines, size].map(String)
    yield [{ names: fields.map(({ name }) => name), cells: [content, ...counts], place }]
  },
}
