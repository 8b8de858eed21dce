import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { LineScan } from '../file-scan.ts'
import type { Cell, DecodedRecord } from '../records/decoded-record.ts'
import { outlineText } from '../records/outline-text.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import type { ScanOptions } from '../scan-options.ts'
import { type TextLine, textLines } from './text-lines.ts'

/** What a line of a format holds: its cells by name in order, or why it cannot be read. */
export interface LineReader {
  readonly names: readonly string[]
  read(line: string): readonly Cell[] | string
}

export interface LineFormat<Scan extends LineScan> {
  /** The scan of a file, with its fields where the format says them. */
  outline(text: Pick<Scan, 'compression' | 'encoding'>, options: ScanOptions): Scan
  reader(scan: Scan): LineReader
}

/** The decoder of a format in which each line that is not blank is a record. */
export function lineDecoder<Scan extends LineScan>(format: LineFormat<Scan>): RecordDecoder<Scan> {
  return {
    async outline(file, options) {
      const scan = format.outline(await outlineText(file, options), options)
      return { scan, typed: scan.fields.length > 0 }
    },
    async *decode(file, scan) {
      const reader = format.reader(scan)
      for await (const lines of textLines(file, scan, 'skipLines' in scan ? scan.skipLines : 0)) {
        yield lines.map((line) => decodeLine(line, reader))
      }
    },
  }
}

function decodeLine({ bytes, text, problem, place }: TextLine, reader: LineReader): DecodedRecord {
  if (text === undefined) return { raw: bytes, reason: problem ?? '', place }
  const read = reader.read(text)
  if (typeof read === 'string') return { raw: bytes.subarray(0, LONGEST_RAW), reason: read, place }
  return { names: reader.names, cells: read, place }
}
