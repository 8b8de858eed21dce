import { ByteReader } from '../bytes/byte-reader.ts'
import { AvroDefect } from './avro-defect.ts'

/** Reads Avro's primitives from a buffer (https://avro.apache.org/docs/1.12.0/specification/#binary-encoding). Throws AvroDefect. */
export class AvroBytes extends ByteReader {
  constructor(bytes: Buffer) {
    super(bytes, () => new AvroDefect('a value is cut'))
  }

  /** A zig-zag whole number of up to 64 bits. */
  long(): bigint {
    let low = 0
    // Most numbers are small: 28 bits need no big ones.
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) return BigInt((low >>> 1) ^ -(low & 1))
    }
    let value = BigInt(low)
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte >= 0x80) continue
      if (value > 0xffff_ffff_ffff_ffffn) break
      return (value >> 1n) ^ -(value & 1n)
    }
    throw new AvroDefect('a number is longer than 64 bits')
  }

  /** A count or an index. */
  size(): number {
    const value = this.long()
    if (value < 0n || value > 0x7fff_ffffn) throw new AvroDefect('a length is not possible')
    return Number(value)
  }

  float(): number {
    return this.take(4).readFloatLE(0)
  }

  double(): number {
    return this.take(8).readDoubleLE(0)
  }

  bytes(): Buffer {
    return this.take(this.size())
  }
}
