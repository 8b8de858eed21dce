import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { ByteQueue } from '../bytes/byte-queue.ts'
import { openBytes } from '../bytes/open-text.ts'
import { CodecDefect } from '../codecs/codec-defect.ts'
import { inflate, unzstd } from '../codecs/inflate.ts'
import { unsnappy } from '../codecs/snappy.ts'
import type { Compression } from '../file-scan.ts'
import { AvroBytes } from './avro-bytes.ts'
import { AvroDefect } from './avro-defect.ts'
import { type AvroType, parseAvroSchema } from './avro-schema.ts'

/** A block of an object container file, still compressed. */
export interface AvroBlock {
  readonly records: number
  readonly data: Buffer
  /** Where its data begins. */
  readonly byte: number
}

export interface AvroContainer {
  readonly schema: AvroType
  readonly blocks: AsyncIterable<AvroBlock>
  /** What a block's data is compressed from. Throws CodecDefect. */
  content(block: AvroBlock): Buffer
}

/** A block may be as large as this, compressed or not. */
const LARGEST_BLOCK = 256 << 20
const MOST_RECORDS = 100_000_000

/**
 * Opens an object container file (https://avro.apache.org/docs/1.12.0/specification/#object-container-files). Throws WW4002 when it is
 * none or is cut or damaged between its blocks, and WW4012 for a codec that we do not have; the blocks throw as they are read.
 */
export async function openAvro(file: string, compression: Compression): Promise<AvroContainer> {
  const queue = new ByteQueue(openBytes(file, compression))
  const refuse = (problem: string) =>
    new WaterworksError('WW4002', { message: `${basename(file)}: ${problem}` })
  try {
    if ((await queue.take(4)).toString('latin1') !== 'Obj\x01')
      throw refuse('not an Avro object container file')
    const metadata = await readMetadata(queue)
    const schema = parseAvroSchema(metadata.get('avro.schema')?.toString('utf8') ?? '')
    const codec = metadata.get('avro.codec')?.toString('utf8') ?? 'null'
    const decode = codecs[codec]
    if (decode === undefined) {
      throw new WaterworksError('WW4012', { message: `${basename(file)} is compressed with "${codec}"` })
    }
    const sync = await queue.take(16)
    if (sync.length < 16) throw new AvroDefect('its header is cut')
    return { schema, blocks: readBlocks(queue, sync, refuse), content: ({ data }) => decode(data) }
  } catch (error) {
    await queue.close()
    if (error instanceof AvroDefect) throw refuse(error.message)
    throw error
  }
}

const codecs: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  null: (data) => data,
  deflate: (data) => inflate(data, LARGEST_BLOCK),
  zstandard: (data) => unzstd(data, LARGEST_BLOCK),
  snappy(data) {
    if (data.length < 4) throw new CodecDefect('a snappy block that is cut')
    const content = unsnappy(data.subarray(0, -4), LARGEST_BLOCK)
    if (crc32(content) !== data.readUInt32BE(data.length - 4))
      throw new CodecDefect('a snappy block whose checksum is another')
    return content
  },
}

async function* readBlocks(
  queue: ByteQueue,
  sync: Buffer,
  refuse: (problem: string) => WaterworksError,
): AsyncGenerator<AvroBlock> {
  const marker = Buffer.from(sync)
  try {
    for (;;) {
      const records = await readLong(queue)
      if (records === undefined) return
      const size = await readLong(queue)
      if (size === undefined || size < 0n || size > LARGEST_BLOCK || records < 0n || records > MOST_RECORDS) {
        throw refuse(`the block at byte ${queue.taken} is damaged, or larger than 256 MiB`)
      }
      const byte = queue.taken
      const data = Buffer.from(await queue.take(Number(size)))
      const end = await queue.take(16)
      if (data.length < Number(size) || end.length < 16) throw refuse(`cut in the block at byte ${byte}`)
      if (!end.equals(marker)) throw refuse(`damaged: the block at byte ${byte} does not end where it says`)
      yield { records: Number(records), data, byte }
    }
  } catch (error) {
    throw error instanceof AvroDefect ? refuse(error.message) : error
  } finally {
    await queue.close()
  }
}

/** A map of bytes, which may come in blocks as any map does. */
async function readMetadata(queue: ByteQueue): Promise<ReadonlyMap<string, Buffer>> {
  const metadata = new Map<string, Buffer>()
  const piece = async () => {
    const size = await readLong(queue)
    if (size === undefined || size < 0n || size > 64n << 20n) throw new AvroDefect('its header is damaged')
    const bytes = Buffer.from(await queue.take(Number(size)))
    if (bytes.length < Number(size)) throw new AvroDefect('its header is cut')
    return bytes
  }
  for (;;) {
    const count = await readLong(queue)
    if (count === undefined) throw new AvroDefect('its header is cut')
    if (count === 0n) return metadata
    if (count < 0n) await readLong(queue)
    for (let left = count < 0n ? -count : count; left > 0n; left--) {
      const key = (await piece()).toString('utf8')
      metadata.set(key, await piece())
    }
  }
}

/** A number, or undefined at the end. */
async function readLong(queue: ByteQueue): Promise<bigint | undefined> {
  const bytes: number[] = []
  for (;;) {
    const [byte] = await queue.take(1)
    if (byte === undefined) {
      if (bytes.length === 0) return undefined
      throw new AvroDefect('cut in the middle of a number')
    }
    bytes.push(byte)
    if (byte < 0x80) return new AvroBytes(Buffer.from(bytes)).long()
    if (bytes.length > 10) throw new AvroDefect('a number is longer than 64 bits')
  }
}
