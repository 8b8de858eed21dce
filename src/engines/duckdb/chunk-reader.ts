import type { DuckDBDataChunk } from '@duckdb/node-api'
import bindings from '@duckdb/node-bindings'
import type { Batch, Column, FixedValues, Validity } from '../../batch/batch.ts'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { readStringBytes } from './string-reader.ts'

const fixedArrays = {
  boolean: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  date: Int32Array,
  time: BigInt64Array,
  timestamp: BigInt64Array,
  timestamptz: BigInt64Array,
} as const

type FixedKind = keyof typeof fixedArrays

const isFixed = (kind: string): kind is FixedKind => kind in fixedArrays

/**
 * Copies a DuckDB data chunk into a batch, straight from the vectors' memory: no value passes through a
 * JavaScript object except whole numbers wider than 64 bits. Layouts follow DuckDB's C API (`duckdb.h`).
 */
export function readChunk(chunk: DuckDBDataChunk, fields: readonly Field[]): Batch {
  const rows = chunk.rowCount
  const columns = fields.map((field, index) => {
    const vector = bindings.data_chunk_get_vector(chunk.chunk, index)
    return readVector(vector, field, rows)
  })
  return Object.freeze({ rows, columns: Object.freeze(columns) })
}

function readVector(vector: bindings.Vector, { name, type }: Field, rows: number): Column {
  const validity = readValidity(vector, rows)
  const { kind } = type
  if (isFixed(kind)) {
    const array = fixedArrays[kind]
    const data = copyOf(bindings.vector_get_data(vector, rows * array.BYTES_PER_ELEMENT))
    return { storage: 'fixed', name, type, validity, values: new array(data) }
  }
  if (kind === 'decimal') return readDecimal(vector, name, type, validity, rows)
  if (kind === 'int128') {
    return { storage: 'wide', name, type, validity, values: readWide(vector, rows, validity) }
  }
  if (kind === 'interval') return readInterval(vector, name, type, validity, rows)
  if (kind === 'uuid') return readUuid(vector, name, type, validity, rows)
  return { storage: 'bytes', name, type, validity, ...readStringBytes(vector, rows, validity) }
}

function readValidity(vector: bindings.Vector, rows: number): Validity {
  const bytes = bindings.vector_get_validity(vector, Math.ceil(rows / 64) * 8)
  return bytes ? new Uint8Array(copyOf(bytes)) : null
}

/** Vectors are DuckDB's memory and are reused; batches own theirs. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}

/** DuckDB stores decimals in 16, 32, 64 or 128 bits by precision. */
function readDecimal(
  vector: bindings.Vector,
  name: string,
  type: LogicalType & { kind: 'decimal' },
  validity: Validity,
  rows: number,
): Column {
  if (type.precision > 18) {
    return { storage: 'wide', name, type, validity, values: readWide(vector, rows, validity) }
  }
  return { storage: 'fixed', name, type, validity, values: readNarrowDecimal(vector, type.precision, rows) }
}

function readNarrowDecimal(vector: bindings.Vector, precision: number, rows: number): FixedValues {
  if (precision > 9) return new BigInt64Array(copyOf(bindings.vector_get_data(vector, rows * 8)))
  const stored =
    precision > 4
      ? new Int32Array(copyOf(bindings.vector_get_data(vector, rows * 4)))
      : new Int16Array(copyOf(bindings.vector_get_data(vector, rows * 2)))
  return BigInt64Array.from(stored, BigInt)
}

function readWide(vector: bindings.Vector, rows: number, validity: Validity): readonly bigint[] {
  const limbs = new BigUint64Array(copyOf(bindings.vector_get_data(vector, rows * 16)))
  return Array.from({ length: rows }, (_, row) => {
    if (validity && !(validity[row >> 3]! & (1 << (row & 7)))) return 0n
    return (BigInt.asIntN(64, limbs[row * 2 + 1]!) << 64n) + limbs[row * 2]!
  })
}

function readInterval(
  vector: bindings.Vector,
  name: string,
  type: LogicalType,
  validity: Validity,
  rows: number,
): Column {
  const data = copyOf(bindings.vector_get_data(vector, rows * 16))
  const halves = new Int32Array(data)
  const wholes = new BigInt64Array(data)
  const at = <T>(pick: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => pick(row))
  return {
    storage: 'interval',
    name,
    type,
    validity,
    months: Int32Array.from(at((row) => halves[row * 4]!)),
    days: Int32Array.from(at((row) => halves[row * 4 + 1]!)),
    micros: BigInt64Array.from(at((row) => wholes[row * 2 + 1]!)),
  }
}

/** DuckDB keeps a UUID as a 128-bit integer, low limb first, with the top bit flipped so that it sorts. */
function readUuid(
  vector: bindings.Vector,
  name: string,
  type: LogicalType,
  validity: Validity,
  rows: number,
): Column {
  const stored = new DataView(copyOf(bindings.vector_get_data(vector, rows * 16)))
  const bytes = new Uint8Array(rows * 16)
  const view = new DataView(bytes.buffer)
  for (let row = 0; row < rows; row++) {
    view.setBigUint64(row * 16, stored.getBigUint64(row * 16 + 8, true) ^ (1n << 63n))
    view.setBigUint64(row * 16 + 8, stored.getBigUint64(row * 16, true))
  }
  const offsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * 16)
  return { storage: 'bytes', name, type, validity, offsets, bytes }
}
