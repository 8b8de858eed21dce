import { readStart } from '../bytes/open-text.ts'
import { CodecDefect } from '../codecs/codec-defect.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { AvroScan } from '../file-scan.ts'
import { type Cell, type DecodedRecord, recordPlace } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { resolveCompression } from '../resolve-format.ts'
import { type AvroBlock, type AvroContainer, openAvro } from './avro-blocks.ts'
import { AvroBytes } from './avro-bytes.ts'
import { AvroDefect } from './avro-defect.ts'
import type { AvroRecord, AvroType } from './avro-schema.ts'
import { type AvroColumn, avroColumn } from './avro-value.ts'

/** Avro's object container files. The schema says the columns; a block that is damaged inside rejects its own records only. */
export const avroDecoder: RecordDecoder<AvroScan> = {
  async outline(file, options) {
    const compression = resolveCompression(await readStart(file, 'none', 4), options)
    const { schema, blocks } = await openAvro(file, compression)
    for await (const _ of blocks) break
    const declared = options.columns ?? {}
    const fields = columnsOf(schema).map(({ name, column }) => ({
      name,
      type: declared[name] ?? column.type,
    }))
    return { scan: { format: 'avro', compression, fields }, typed: true }
  },
  async count(file, { compression }) {
    let records = 0
    for await (const block of (await openAvro(file, compression)).blocks) records += block.records
    return records
  },
  async *decode(file, { compression }) {
    const container = await openAvro(file, compression)
    const columns = columnsOf(container.schema)
    const names = columns.map(({ name }) => name)
    let before = 0
    for await (const block of container.blocks) {
      yield decodeBlock(block, container, columns, names, before)
      before += block.records
    }
  },
}

type Columns = ReturnType<typeof columnsOf>

function cellOf({ type, read }: AvroColumn, bytes: AvroBytes): Cell {
  const text = read(bytes)
  return text !== null && type.kind === 'json' ? { kind: 'json', text } : text
}

/** A schema that is no record is one of a single column. */
function columnsOf(schema: AvroType) {
  const { fields }: Pick<AvroRecord, 'fields'> =
    schema.kind === 'record' ? schema : { fields: [{ name: 'value', type: schema }] }
  return fields.map(({ name, type }) => ({ name, column: avroColumn(type) }))
}

function decodeBlock(
  block: AvroBlock,
  container: AvroContainer,
  columns: Columns,
  names: readonly string[],
  before: number,
): DecodedRecord[] {
  const records: DecodedRecord[] = []
  let content: Buffer
  try {
    content = container.content(block)
  } catch (error) {
    if (!(error instanceof CodecDefect)) throw error
    return rejected(block, error.message, block.data, 0, before)
  }
  const bytes = new AvroBytes(content)
  while (records.length < block.records) {
    const start = bytes.at
    try {
      const cells = columns.map(({ column }) => cellOf(column, bytes))
      records.push({ names, cells, place: recordPlace(before + records.length + 1, block.byte) })
    } catch (error) {
      if (!(error instanceof AvroDefect)) throw error
      // Nothing says where the next record begins.
      const rest = rejected(block, error.message, content.subarray(start), records.length, before)
      return [...records, ...rest]
    }
  }
  return bytes.done ? records : rejected(block, 'its block has more bytes than records', content, 0, before)
}

/** The records of a block from one that cannot be read on; what is left of its bytes stands with the first. */
function rejected(
  block: AvroBlock,
  problem: string,
  raw: Buffer,
  from: number,
  before: number,
): DecodedRecord[] {
  return Array.from({ length: block.records - from }, (_, index) => ({
    raw: index === 0 ? raw.subarray(0, LONGEST_RAW) : Buffer.alloc(0),
    reason:
      index === 0 ? problem : `stands in a damaged block behind a record that cannot be read: ${problem}`,
    place: recordPlace(before + from + index + 1, block.byte),
  }))
}
