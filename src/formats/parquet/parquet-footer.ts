import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/**
 * The number of rows that a Parquet file's footer states. Throws WW4002 when the file is not Parquet or cut short.
 *
 * A file ends with its FileMetaData in Thrift's compact protocol, the metadata's length as four bytes little-endian,
 * and `PAR1` (parquet-format, "File format"). FileMetaData field 3 is `num_rows: i64` (parquet.thrift).
 */
export async function parquetRows(path: string): Promise<number> {
  const broken = (problem: string) =>
    new WaterworksError('WW4002', { message: `${basename(path)}: ${problem}` })
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size < 12) throw broken('too short for a Parquet file')
    const tail = Buffer.alloc(8)
    await file.read(tail, 0, 8, size - 8)
    const magic = tail.toString('latin1', 4)
    if (magic === 'PARE') throw broken('its footer is encrypted, which is not supported')
    if (magic !== 'PAR1') throw broken('not a Parquet file, or cut short')
    const length = tail.readUInt32LE(0)
    if (length + 12 > size) throw broken('its footer is longer than the file')
    const metadata = Buffer.alloc(length)
    await file.read(metadata, 0, length, size - 8 - length)
    const rows = new CompactReader(metadata).field(3)
    if (rows === undefined || rows < 0n) throw broken('its footer states no number of rows')
    return Number(rows)
  } catch (error) {
    if (error instanceof RangeError) throw broken('its footer is damaged')
    throw error
  } finally {
    await file.close()
  }
}

/** Type codes of the compact protocol (thrift-compact-protocol.md, "Struct encoding" and "List and set"). */
const STOP = 0
const TRUE = 1
const FALSE = 2
const BYTE = 3
const I16 = 4
const I32 = 5
const I64 = 6
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const SET = 10
const MAP = 11
const STRUCT = 12
const DEEPEST = 64

/** Reads as much of Thrift's compact protocol as it takes to pass over what is not wanted. */
class CompactReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The whole number in field `id` of the struct that begins here. */
  field(id: number): bigint | undefined {
    let current = 0
    for (;;) {
      const header = this.#byte()
      const type = header & 0x0f
      if (type === STOP) return undefined
      const delta = header >> 4
      current = delta === 0 ? Number(this.#zigzag()) : current + delta
      if (current === id && (type === I16 || type === I32 || type === I64)) return this.#zigzag()
      this.#skip(type, 0)
    }
  }

  #skip(type: number, depth: number): void {
    if (depth > DEEPEST) throw new RangeError('nested too deeply')
    switch (type) {
      case TRUE:
      case FALSE:
        return
      case BYTE:
        this.#advance(1)
        return
      case I16:
      case I32:
      case I64:
        this.#varint()
        return
      case DOUBLE:
        this.#advance(8)
        return
      case BINARY:
        this.#advance(Number(this.#varint()))
        return
      case LIST:
      case SET: {
        const header = this.#byte()
        const size = header >> 4 === 15 ? Number(this.#varint()) : header >> 4
        for (let n = 0; n < size; n++) this.#skipElement(header & 0x0f, depth + 1)
        return
      }
      case MAP: {
        const size = Number(this.#varint())
        const types = size === 0 ? 0 : this.#byte()
        for (let n = 0; n < size; n++) {
          this.#skipElement(types >> 4, depth + 1)
          this.#skipElement(types & 0x0f, depth + 1)
        }
        return
      }
      case STRUCT:
        for (let header = this.#byte(); (header & 0x0f) !== STOP; header = this.#byte()) {
          if (header >> 4 === 0) this.#varint()
          this.#skip(header & 0x0f, depth + 1)
        }
        return
      default:
        throw new RangeError('not a type of the protocol')
    }
  }

  /** In a collection, unlike in a struct, a boolean takes a byte. */
  #skipElement(type: number, depth: number): void {
    if (type === TRUE || type === FALSE) this.#advance(1)
    else this.#skip(type, depth)
  }

  #advance(count: number): void {
    this.#at += count
    if (this.#at > this.#bytes.length) throw new RangeError('past the end')
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++)
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
      if (shift > 63n) throw new RangeError('a number longer than 64 bits')
    }
  }

  #zigzag(): bigint {
    const value = this.#varint()
    return (value >> 1n) ^ -(value & 1n)
  }
}
