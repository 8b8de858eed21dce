import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** A file in an archive, as the central directory has it. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
  readonly offset: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const LARGEST_DIRECTORY = 64 << 20

/**
 * A zip archive (APPNOTE 6.3.10), read where its directory says. What is damaged, cut, encrypted, or holds more than it says throws WW4002.
 */
export class ZipArchive {
  readonly #file: string
  readonly #entries: ReadonlyMap<string, ZipEntry>

  private constructor(file: string, entries: ReadonlyMap<string, ZipEntry>) {
    this.#file = file
    this.#entries = entries
  }

  static async open(file: string): Promise<ZipArchive> {
    const handle = await open(file).catch((cause: unknown) => {
      throw new WaterworksError('WW4002', { message: `${basename(file)} cannot be opened`, cause })
    })
    try {
      return new ZipArchive(file, await readDirectory(handle, file))
    } finally {
      await handle.close()
    }
  }

  entry(name: string): ZipEntry | undefined {
    return this.#entries.get(name)
  }

  /** An entry's content, streamed; its length and checksum are those that the directory says, or WW4002. */
  async *content(entry: ZipEntry): AsyncGenerator<Buffer> {
    if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) {
      throw new WaterworksError('WW4012', {
        message: `${basename(this.#file)}: ${entry.encrypted ? 'a part is encrypted' : 'a part is compressed in an unusual way'}`,
      })
    }
    const handle = await open(this.#file)
    const header = Buffer.alloc(30)
    try {
      await handle.read(header, 0, 30, entry.offset)
    } finally {
      await handle.close()
    }
    if (header.readUInt32LE(0) !== LOCAL) throw damaged(this.#file)
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (entry.size === 0) return
    const raw = createReadStream(this.#file, { start, end: start + entry.compressedSize - 1 })
    const chunks: AsyncIterable<Buffer> =
      entry.method === 0 ? raw : pipeline(raw, createInflateRaw(), () => {})
    let size = 0
    let checksum = 0
    try {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > entry.size) throw damaged(this.#file)
        checksum = crc32(chunk, checksum)
        yield chunk
      }
    } catch (cause) {
      throw cause instanceof WaterworksError ? cause : damaged(this.#file, cause)
    }
    if (size !== entry.size || checksum !== entry.checksum) throw damaged(this.#file)
  }
}

function damaged(file: string, cause?: unknown): WaterworksError {
  return new WaterworksError('WW4002', {
    message: `${basename(file)}: not a zip archive, or a damaged one`,
    cause,
  })
}

async function readDirectory(handle: FileHandle, file: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const { size } = await handle.stat()
  const tail = await readAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let end = -1
  for (let at = tail.length - 22; at >= 0 && end < 0; at--) if (tail.readUInt32LE(at) === END) end = at
  if (end < 0) throw damaged(file)
  let count = tail.readUInt16LE(end + 10)
  let length = tail.readUInt32LE(end + 12)
  let offset = tail.readUInt32LE(end + 16)
  if (end >= 20 && tail.readUInt32LE(end - 20) === LOCATOR_64) {
    const wide = await readAt(handle, Number(tail.readBigUInt64LE(end - 12)), 56)
    if (wide.length < 56 || wide.readUInt32LE(0) !== END_64) throw damaged(file)
    count = Number(wide.readBigUInt64LE(32))
    length = Number(wide.readBigUInt64LE(40))
    offset = Number(wide.readBigUInt64LE(48))
  }
  if (length > LARGEST_DIRECTORY || offset + length > size) throw damaged(file)
  const directory = await readAt(handle, offset, length)
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; count > 0; count--) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) throw damaged(file)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      directory.readUInt16LE(at + place),
    )
    const next = at + 46 + nameLength! + extraLength! + commentLength!
    if (next > directory.length) throw damaged(file)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength!)
    const extra = directory.subarray(at + 46 + nameLength!, at + 46 + nameLength! + extraLength!)
    entries.set(name, readEntry(directory, at, name, extra))
    at = next
  }
  return entries
}

function readEntry(directory: Buffer, at: number, name: string, extra: Buffer): ZipEntry {
  const wide = zip64Values(extra)
  const value = (place: number): number => {
    const narrow = directory.readUInt32LE(at + place)
    return narrow === 0xffff_ffff ? Number(wide.shift() ?? 0n) : narrow
  }
  const size = value(24)
  const compressedSize = value(20)
  const offset = value(42)
  return {
    ...{ name, size, compressedSize, offset },
    method: directory.readUInt16LE(at + 10),
    encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    checksum: directory.readUInt32LE(at + 16),
  }
}

/** The wide numbers of an entry, in the order in which the narrow ones are full. */
function zip64Values(extra: Buffer): bigint[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) {
      const field = extra.subarray(at + 4, at + 4 + length)
      return Array.from({ length: Math.floor(field.length / 8) }, (_, index) =>
        field.readBigUInt64LE(index * 8),
      )
    }
    at += 4 + length
  }
  return []
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
