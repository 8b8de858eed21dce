import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { openText } from '../bytes/open-text.ts'
import { csvDialect } from '../csv/csv-dialect.ts'
import { CsvReader, type CsvVisitor } from '../csv/csv-reader.ts'
import { unescaped } from '../csv/field-text.ts'
import type { CsvScan, JsonScan } from '../file-scan.ts'
import { JsonReader } from '../json/json-reader.ts'
import type { JsonVisitor } from '../json/json-record.ts'
import { jsonString } from '../json/json-scanner.ts'
import type { DocumentDefect } from '../json/json-splitter.ts'
import { NdjsonReader } from '../json/ndjson-reader.ts'
import { RawBatches } from './raw-batches.ts'

/** A reader that text is pushed to. */
interface PushReader {
  push(chunk: Buffer): void
  end(): void
}

/** Every record of a delimited file, as text, through our exact reader. */
export async function* readRawCsv(file: string, scan: CsvScan): AsyncGenerator<Batch> {
  const { chunks, firstByte } = await openText(file, scan)
  const raw = new RawBatches(scan.fields.length)
  const visitor = csvVisitor(raw, scan)
  const reader = new CsvReader(csvDialect(scan), { fields: scan.fields.length, firstByte, visitor })
  yield* pump(chunks, reader, raw)
}

/**
 * Every record of a JSON file: values as text, or as JSON where `types` says json. When the document turns out not
 * to be JSON, `onDefect` hears of it at the end, and the batches are void.
 */
export async function* readRawJson(
  file: string,
  scan: JsonScan,
  fields: readonly Field[],
  onDefect: (defect: DocumentDefect) => void,
): AsyncGenerator<Batch> {
  const { chunks, firstByte } = await openText(file, scan)
  const raw = new RawBatches(fields.length)
  const visitor = jsonVisitor(raw, fields)
  if (scan.format === 'ndjson') {
    yield* pump(chunks, new NdjsonReader(visitor, firstByte), raw)
    return
  }
  const reader = new JsonReader(visitor, firstByte)
  yield* pump(chunks, reader, raw)
  if (reader.defect) onDefect(reader.defect)
}

async function* pump(
  chunks: AsyncIterable<Buffer>,
  reader: PushReader,
  raw: RawBatches,
): AsyncGenerator<Batch> {
  for await (const chunk of chunks) {
    reader.push(chunk)
    yield* raw.take()
  }
  reader.end()
  yield* raw.take(true)
}

function csvVisitor(raw: RawBatches, scan: CsvScan): CsvVisitor {
  const dialect = csvDialect(scan)
  const nullTexts = scan.nullTexts.map((text) => Buffer.from(text))
  const isNull = (buffer: Buffer, start: number, end: number) =>
    start === end ||
    nullTexts.some(
      (text) => text.length === end - start && buffer.compare(text, 0, text.length, start, end) === 0,
    )
  return {
    record(buffer, scanner, place) {
      raw.beginRecord(place)
      for (let index = 0; index < scanner.fields; index++) {
        const [start, end] = [scanner.starts[index]!, scanner.ends[index]!]
        const quoting = scanner.quoting[index]!
        if (quoting === 0 && isNull(buffer, start, end)) raw.nothing(index)
        else if (quoting === 2) {
          const bytes = unescaped(buffer, start, end, dialect)
          raw.field(index, bytes, 0, bytes.length)
        } else raw.field(index, buffer, start, end)
      }
      raw.endRecord()
    },
    reject: (bytes, reason, place) => raw.reject(bytes, reason, place),
  }
}

function jsonVisitor(raw: RawBatches, fields: readonly Field[]): JsonVisitor {
  const indexes = new Map(fields.map((field, index) => [field.name, index]))
  const reject: JsonVisitor['reject'] = (bytes, reason, place) => raw.reject(bytes, reason, place)
  return {
    record(text, members, place) {
      const values = new Array<string | undefined>(fields.length)
      for (const { key, kind, start, end } of members) {
        const index = indexes.get(key)
        if (index === undefined) return reject(Buffer.from(text), 'a key that the scan did not see', place)
        if (kind === 'null') continue
        const source = text.slice(start, end)
        const decoded = kind === 'string' && fields[index]!.type.kind !== 'json' ? jsonString(source) : source
        if (decoded.includes('\0') || !decoded.isWellFormed()) {
          return reject(Buffer.from(text), `column ${key}: a character that text cannot hold`, place)
        }
        values[index] = decoded
      }
      raw.beginRecord(place)
      for (const [index, value] of values.entries()) {
        if (value === undefined) raw.nothing(index)
        else {
          const bytes = Buffer.from(value)
          raw.field(index, bytes, 0, bytes.length)
        }
      }
      raw.endRecord()
    },
    reject,
  }
}
