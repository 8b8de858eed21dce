import { type BytesColumn, type Column, type FixedValues, isValid, type Validity } from '../../batch/batch.ts'
import { deltaPacked } from './delta-packed.ts'

/** Values as a page has them. */
export interface EncodedValues {
  /** As Parquet numbers its encodings. */
  readonly encoding: number
  readonly parts: readonly Uint8Array[]
}

export const PLAIN = 0
const DELTA_LENGTH_BYTE_ARRAY = 6

/** The values of a column that are there, in the encoding that is nearest to how they lie in memory. */
export function encodeValues(column: Column, rows: number): EncodedValues {
  if (column.storage === 'bytes' && column.type.kind !== 'uuid') {
    return { encoding: DELTA_LENGTH_BYTE_ARRAY, parts: lengthsThenBytes(column, rows) }
  }
  return { encoding: PLAIN, parts: [plainValues(column, rows)] }
}

/** Little-endian, end to end. */
function plainValues(column: Column, rows: number): Uint8Array {
  const { validity } = column
  switch (column.storage) {
    case 'bytes':
      return fixedBytes(column, rows)
    case 'wide':
      return column.type.kind === 'decimal'
        ? wideDecimals(column.values, validity, rows)
        : texts(rows, validity, (row) => String(column.values[row]))
    case 'interval':
      return texts(
        rows,
        validity,
        (row) => `${column.months[row]} months ${column.days[row]} days ${column.micros[row]} microseconds`,
      )
    case 'fixed': {
      const present = dense(column.values, validity, rows)
      if (column.type.kind === 'boolean') return bits(present)
      const narrow = column.type.kind === 'decimal' && column.type.precision <= 9
      return bytesOf(narrow || present.BYTES_PER_ELEMENT < 4 ? Int32Array.from(present, Number) : present)
    }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Without the places of nulls; the column's own array where there are none. */
function dense(values: FixedValues, validity: Validity, rows: number): FixedValues {
  if (validity === null) return values
  const present = values.slice(0, rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (isValid(validity, row)) present[count++] = values[row]!
  return present.subarray(0, count)
}

/** Booleans are bits, least significant first. */
function bits(values: FixedValues): Uint8Array {
  const packed = new Uint8Array(Math.ceil(values.length / 8))
  for (let index = 0; index < values.length; index++) {
    if (values[index]) packed[index >> 3]! |= 1 << (index & 7)
  }
  return packed
}

/**
 * DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes, which stand end to end already as a null takes none.
 * https://github.com/apache/parquet-format/blob/master/Encodings.md#delta-length-byte-array-delta_length_byte_array--6
 */
function lengthsThenBytes({ offsets, bytes, validity }: BytesColumn, rows: number): readonly Uint8Array[] {
  const lengths = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (validity === null || isValid(validity, row)) lengths[count++] = offsets[row + 1]! - offsets[row]!
  }
  return [deltaPacked(lengths.subarray(0, count)), bytes.subarray(0, offsets[rows]!)]
}

/** A null of a bytes column takes no bytes, so what is there stands end to end already. */
function fixedBytes({ offsets, bytes }: BytesColumn, rows: number): Uint8Array {
  return bytes.subarray(0, offsets[rows]!)
}

/** Two's complement of 128 bits, most significant byte first. */
function wideDecimals(values: readonly bigint[], validity: Validity, rows: number): Uint8Array {
  const out = new Uint8Array(rows * 16)
  const view = new DataView(out.buffer)
  let at = 0
  for (let row = 0; row < rows; row++) {
    if (!isValid(validity, row)) continue
    const value = values[row]!
    view.setBigInt64(at, BigInt.asIntN(64, value >> 64n))
    view.setBigUint64(at + 8, BigInt.asUintN(64, value))
    at += 16
  }
  return out.subarray(0, at)
}

function texts(rows: number, validity: Validity, textOf: (row: number) => string): Uint8Array {
  const parts: Buffer[] = []
  for (let row = 0; row < rows; row++) {
    if (!isValid(validity, row)) continue
    const value = Buffer.from(textOf(row), 'utf8')
    const size = Buffer.alloc(4)
    size.writeInt32LE(value.length)
    parts.push(size, value)
  }
  return Buffer.concat(parts)
}
