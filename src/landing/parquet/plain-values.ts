import { type BytesColumn, type Column, type FixedValues, isValid, type Validity } from '../../batch/batch.ts'

/** The values of a column that are there, in Parquet's PLAIN encoding: little-endian, end to end. */
export function plainValues(column: Column, rows: number): Uint8Array {
  const { validity } = column
  switch (column.storage) {
    case 'bytes':
      return column.type.kind === 'uuid' ? fixedBytes(column, rows) : lengthPrefixed(column, rows)
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

/** Below this many bytes a loop is faster than a call that copies. */
const SHORT = 96

function lengthPrefixed({ offsets, bytes, validity }: BytesColumn, rows: number): Uint8Array {
  const out = new Uint8Array(rows * 4 + offsets[rows]!)
  let at = 0
  let start = 0
  for (let row = 0; row < rows; row++) {
    const end = offsets[row + 1]!
    if (validity !== null && !isValid(validity, row)) continue
    const size = end - start
    out[at] = size
    out[at + 1] = size >> 8
    out[at + 2] = size >> 16
    out[at + 3] = size >> 24
    at += 4
    if (size < SHORT) for (let from = start; from < end; from++) out[at++] = bytes[from]!
    else {
      out.set(bytes.subarray(start, end), at)
      at += size
    }
    start = end
  }
  return out.subarray(0, at)
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
