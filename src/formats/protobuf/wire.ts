import { ByteReader } from '../bytes/byte-reader.ts'
import { varint } from '../bytes/varint.ts'

/** Bytes are not the encoding of a message. The message has no value in it. */
export class WireDefect extends Error {}

/** One field of a message as it is written: a number of up to 64 bits, or bytes. */
export interface WireField {
  readonly number: number
  readonly value: bigint | Buffer
  /** 0 a varint, 1 eight bytes, 2 bytes of a length, 5 four bytes. */
  readonly wire: 0 | 1 | 2 | 5
}

/** The fields of a message in their order (https://protobuf.dev/programming-guides/encoding). Throws WireDefect. */
export function* wireFields(bytes: Buffer): Generator<WireField> {
  const reader = new WireReader(bytes)
  while (reader.at < bytes.length) {
    const tag = reader.varint()
    const number = Number(tag >> 3n)
    if (number === 0 || tag > 0xffff_ffffn) throw new WireDefect('a field has no number')
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, wire: 0, value: reader.varint() }
        break
      case 1:
        yield { number, wire: 1, value: reader.take(8).readBigUInt64LE(0) }
        break
      case 2:
        yield { number, wire: 2, value: reader.take(reader.size()) }
        break
      case 5:
        yield { number, wire: 5, value: BigInt(reader.take(4).readUInt32LE(0)) }
        break
      default:
        throw new WireDefect('a field is written as a group, or as nothing known')
    }
  }
}

/** Takes numbers and pieces from a buffer. Throws WireDefect where they go beyond it. */
export class WireReader extends ByteReader {
  constructor(bytes: Buffer) {
    super(bytes, () => new WireDefect('a field is cut'))
  }

  varint(): bigint {
    const value = varint(this, 10)
    if (value === undefined) throw new WireDefect('a number is longer than 64 bits')
    return BigInt.asUintN(64, value)
  }

  size(): number {
    const size = this.varint()
    if (size > 0x7fff_ffffn) throw new WireDefect('a length is not possible')
    return Number(size)
  }
}

/** The value of a zig-zag number. */
export function zigZag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n)
}
