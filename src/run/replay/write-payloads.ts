import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Field } from '../../batch/logical-type.ts'
import { csvRecord, csvRecordScan } from '../../formats/csv/csv-record.ts'
import type { FileScan } from '../../formats/file-scan.ts'
import { JsonScanner, jsonString } from '../../formats/json/json-scanner.ts'
import { isRecordFormat } from '../../formats/records/decoders.ts'

export interface WrittenPayloads {
  readonly records: number
  readonly bytes: number
  /** SHA-256 of the file, in hex. */
  readonly hash: string
  /** How to read the file: values are read as they were at first. */
  readonly scan: FileScan
}

/**
 * Writes quarantined payloads as a file of the kind they came from: texts of delimited files, and of formats that are decoded to
 * texts, as such, so that they are read by the same rules; values of JSON and Parquet as one JSON object a line.
 */
export async function writePayloads(
  payloads: AsyncIterable<string>,
  origin: FileScan,
  path: string,
): Promise<WrittenPayloads> {
  const { fields } = origin
  const hasTexts = origin.format === 'csv' || isRecordFormat(origin.format)
  const scan: FileScan = hasTexts
    ? csvRecordScan(fields)
    : { format: 'ndjson', compression: 'none', encoding: 'utf-8', fields }
  const line = hasTexts ? (payload: string) => csvLine(payload, fields) : jsonLine
  const hash = createHash('sha256')
  const file = await open(path, 'w', 0o600)
  let records = 0
  let bytes = 0
  try {
    for await (const payload of payloads) {
      const data = Buffer.from(line(payload))
      hash.update(data)
      await file.appendFile(data)
      records += 1
      bytes += data.length
    }
  } finally {
    await file.close()
  }
  return { records, bytes, hash: hash.digest('hex'), scan }
}

const scanner = new JsonScanner()

/** Numbers keep their digits: they are taken over as they are written. */
function csvLine(payload: string, fields: readonly Field[]): string {
  const texts = new Map(
    scanner.object(payload).map(({ key, kind, start, end }) => {
      const text = payload.slice(start, end)
      return [key, kind === 'null' ? null : kind === 'string' ? jsonString(text) : text]
    }),
  )
  return csvRecord(fields.map(({ name }) => texts.get(name) ?? null))
}

/** A line break in JSON stands between values only: within a string it is escaped. */
function jsonLine(payload: string): string {
  return `${payload.replace(/[\r\n]+/g, ' ')}\n`
}
