import { basename } from 'node:path'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { ByteQueue } from '../bytes/byte-queue.ts'
import { openBytes, readStart } from '../bytes/open-text.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { ProtobufScan } from '../file-scan.ts'
import { type DecodedRecord, recordPlace } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { resolveCompression } from '../resolve-format.ts'
import { readDescriptors } from './descriptor.ts'
import { MessageReader } from './message-reader.ts'
import { WireDefect } from './wire.ts'

/** A message may be as long as this. */
const LONGEST_MESSAGE = 64 << 20
const BATCH = 1024

/** Messages of one type one after another, each behind its length as a varint. */
export const protobufDecoder: RecordDecoder<ProtobufScan> = {
  async outline(file, { descriptor, message, columns = {}, compression: given }) {
    if (descriptor === undefined || message === undefined) {
      throw new WaterworksError('WW4011', {
        message: 'a file of Protobuf messages needs "descriptor" and "message"',
      })
    }
    const compression = resolveCompression(await readStart(file, 'none', 4), { compression: given })
    const fields = readerOf(descriptor, message).fields.map(({ name, type }) => ({
      name,
      type: columns[name] ?? type,
    }))
    return { scan: { format: 'protobuf', compression, descriptor, message, fields }, typed: true }
  },
  async *decode(file, { compression, descriptor, message }) {
    const reader = readerOf(descriptor, message)
    const names = reader.fields.map(({ name }) => name)
    let records: DecodedRecord[] = []
    let count = 0
    for await (const { bytes, byte } of messages(file, compression)) {
      const place = recordPlace(++count, byte)
      try {
        records.push({ names, cells: reader.cells(bytes), place })
      } catch (error) {
        if (!(error instanceof WireDefect)) throw error
        records.push({ raw: Buffer.from(bytes.subarray(0, LONGEST_RAW)), reason: error.message, place })
      }
      if (records.length < BATCH) continue
      yield records
      records = []
    }
    yield records
  },
}

function readerOf(descriptor: string, message: string): MessageReader {
  const descriptors = decode(descriptor)
  const type = descriptors.messages.get(message)
  if (type !== undefined) return new MessageReader(descriptors, type)
  const names = [...descriptors.messages.keys()].filter((name) => !name.startsWith('google.protobuf.'))
  const near = suggest(message, names)
  throw new WaterworksError('WW4013', {
    message: `the descriptor has no message type "${message}"`,
    hint: near === undefined ? `Types: ${names.slice(0, 10).join(', ')}.` : `Did you mean "${near}"?`,
  })
}

function decode(descriptor: string) {
  try {
    return readDescriptors(Buffer.from(descriptor, 'base64'))
  } catch (cause) {
    if (!(cause instanceof WireDefect)) throw cause
    throw new WaterworksError('WW4011', {
      message: 'the descriptor is not a descriptor set',
      hint: 'Write it with: protoc --include_imports --descriptor_set_out=<file> <.proto files>.',
      cause,
    })
  }
}

/** The messages of a stream. A stream that is cut, or whose lengths are not possible, throws WW4002. */
async function* messages(file: string, compression: ProtobufScan['compression']) {
  const queue = new ByteQueue(openBytes(file, compression))
  const refuse = (problem: string) =>
    new WaterworksError('WW4002', { message: `${basename(file)}: ${problem} at byte ${queue.taken}` })
  try {
    for (;;) {
      const byte = queue.taken
      let size = 0
      for (let shift = 0; ; shift += 7) {
        const [next] = await queue.take(1)
        if (next === undefined && shift === 0) return
        if (next === undefined) throw refuse('cut in the length of a message')
        size += (next & 0x7f) * 2 ** shift
        if (size > LONGEST_MESSAGE || shift > 28)
          throw refuse('a message longer than 64 MiB, or no messages with their lengths,')
        if (next < 0x80) break
      }
      const bytes = await queue.take(size)
      if (bytes.length < size) throw refuse('cut in a message')
      yield { bytes, byte }
    }
  } finally {
    await queue.close()
  }
}
