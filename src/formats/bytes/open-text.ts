import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Compression } from '../file-scan.ts'
import { bufferSize } from './buffer-size.ts'
import { byteOrderMark, decodeText } from './decode-text.ts'
import { decompressZstd } from './decompress-zstd.ts'

export interface TextChunks {
  /** The text in UTF-8 without a byte-order mark, in chunks that may cut a character. */
  readonly chunks: AsyncIterable<Buffer>
  /** How many bytes of byte-order mark were taken off. */
  readonly firstByte: number
}

export interface TextSource {
  readonly compression: Compression
  readonly encoding: string
}

const CHUNK = 1 << 20

/**
 * A file's bytes as they are, streamed, decompressed when they are compressed. `raw` sees them as they are in the
 * file. Damaged or cut compressed content, and trailing bytes that belong to none, throw WW4002: nothing is skipped.
 */
export async function* openBytes(
  file: string,
  compression: Compression,
  raw?: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of decompressed(file, compression, raw)) yield chunk
  } catch (cause) {
    if (cause instanceof WaterworksError) throw cause
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new WaterworksError('WW4002', { message: `${basename(file)}: ${problem}`, cause })
  }
}

/** A file's text as UTF-8, streamed. */
export async function openText(
  file: string,
  source: TextSource,
  raw?: (chunk: Buffer) => void,
): Promise<TextChunks> {
  const bytes = openBytes(file, source.compression, raw)
  if (source.encoding !== 'utf-8') return { chunks: decodeText(bytes, source.encoding), firstByte: 0 }
  const start = await take(bytes, 3)
  const mark = byteOrderMark(start)
  const firstByte = mark?.encoding === 'utf-8' ? mark.length : 0
  return { chunks: resume(start.subarray(firstByte), bytes), firstByte }
}

/** The first bytes of a file's text as UTF-8, at most `size` of them. */
export async function readTextStart(file: string, source: TextSource, size: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const chunk of (await openText(file, source)).chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length >= size) break
  }
  return Buffer.concat(parts).subarray(0, size)
}

/** The first bytes of a file's content, at most `size` of them, decompressed. */
export async function readStart(file: string, compression: Compression, size: number): Promise<Buffer> {
  const bytes = openBytes(file, compression)
  const start = await take(bytes, size)
  await bytes.return(undefined)
  return start.subarray(0, size)
}

function decompressed(
  file: string,
  compression: Compression,
  raw?: (chunk: Buffer) => void,
): AsyncIterable<Buffer> {
  const chunks = tapped(file, raw)
  if (compression === 'none') return chunks
  if (compression === 'zstd') return decompressZstd(chunks, CHUNK)
  // Errors come out where the last stream is iterated.
  return pipeline(chunks, createGunzip({ chunkSize: CHUNK }), () => {})
}

async function* tapped(file: string, raw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const { size } = await stat(file)
  for await (const chunk of createReadStream(file, { highWaterMark: bufferSize(size) })) {
    raw?.(chunk)
    yield chunk
  }
}

async function take(bytes: AsyncGenerator<Buffer>, size: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let length = 0; length < size; ) {
    const { value, done } = await bytes.next()
    if (done) break
    chunks.push(value)
    length += value.length
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

async function* resume(start: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start
  yield* rest
}
