import type { JsonScan } from '../file-scan.ts'
import type { ScanOptions } from '../scan-options.ts'
import { JsonKinds } from './json-kinds.ts'
import { JsonReader } from './json-reader.ts'
import type { JsonVisitor } from './json-record.ts'
import { NdjsonReader } from './ndjson-reader.ts'

/** Reads every record of a JSON text: how many there are, and what fields they have together. */
export async function scanJson(
  chunks: AsyncIterable<Buffer>,
  firstByte: number,
  outline: JsonScan,
  options: ScanOptions,
): Promise<{ readonly scan: JsonScan; readonly records: number }> {
  const kinds = new JsonKinds()
  const visitor: JsonVisitor = { record: (text, members) => kinds.add(text, members), reject() {} }
  const reader =
    outline.format === 'json' ? new JsonReader(visitor, firstByte) : new NdjsonReader(visitor, firstByte)
  for await (const chunk of chunks) reader.push(chunk)
  reader.end()
  const broken = reader instanceof JsonReader && reader.defect !== undefined
  const fields = broken ? [] : kinds.fields(options.columns ?? {})
  return { scan: { ...outline, fields }, records: reader.records }
}
