import { type DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api'
import bindings from '@duckdb/node-bindings'
import { type Batch, type Column, isValid, type Validity } from '../../batch/batch.ts'

/** Rows of one DuckDB vector. */
const VECTOR_SIZE = 2048

/**
 * Appends a batch through DuckDB's appender, 2,048 rows at a time, copying typed arrays into vectors whole.
 * `columns` gives the batch's column for each column of the table, or undefined where it stays NULL.
 */
export function appendBatch(
  appender: DuckDBAppender,
  batch: Batch,
  columns: readonly (Column | undefined)[],
): void {
  const types = columns.map((_, index) => appender.columnType(index))
  for (let start = 0; start < batch.rows; start += VECTOR_SIZE) {
    const rows = Math.min(VECTOR_SIZE, batch.rows - start)
    const chunk = DuckDBDataChunk.create(types, rows)
    for (const [index, column] of columns.entries()) {
      const vector = bindings.data_chunk_get_vector(chunk.chunk, index)
      if (column === undefined) writeNulls(vector, rows)
      else writeColumn(vector, column, start, rows)
    }
    appender.appendDataChunk(chunk)
  }
}

function writeNulls(vector: bindings.Vector, rows: number): void {
  writeValidity(vector, new Uint8Array(Math.ceil(rows / 64) * 8), 0, rows)
}

function writeColumn(vector: bindings.Vector, column: Column, start: number, rows: number): void {
  writeValidity(vector, column.validity, start, rows)
  if (column.storage === 'interval') {
    const data = new ArrayBuffer(rows * 16)
    const halves = new Int32Array(data)
    const wholes = new BigInt64Array(data)
    for (let i = 0; i < rows; i++) {
      halves[i * 4] = column.months[start + i]!
      halves[i * 4 + 1] = column.days[start + i]!
      wholes[i * 2 + 1] = column.micros[start + i]!
    }
    copy(vector, new Uint8Array(data))
  } else if (column.storage === 'wide') {
    copy(vector, wideLimbs(column.values, start, rows))
  } else if (column.storage === 'bytes') {
    if (column.type.kind === 'uuid') copy(vector, storedUuids(column, start, rows))
    else writeStrings(vector, column, start, rows)
  } else if (column.type.kind === 'decimal' && column.type.precision <= 9) {
    const values = Array.from({ length: rows }, (_, i) => Number(column.values[start + i]!))
    copy(vector, column.type.precision > 4 ? Int32Array.from(values) : Int16Array.from(values))
  } else {
    copy(vector, column.values.subarray(start, start + rows))
  }
}

function copy(vector: bindings.Vector, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
  bindings.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, byteOffset, byteLength)
}

function writeValidity(vector: bindings.Vector, validity: Validity, start: number, rows: number): void {
  if (validity === null) return
  bindings.vector_ensure_validity_writable(vector)
  // DuckDB's masks are whole 64-bit words; `start` is a multiple of 2,048, so bytes line up.
  const words = new Uint8Array(Math.ceil(rows / 64) * 8)
  words.set(validity.subarray(start >> 3, (start >> 3) + Math.ceil(rows / 8)))
  bindings.copy_data_to_vector_validity(vector, 0, words.buffer, 0, words.byteLength)
}

function writeStrings(
  vector: bindings.Vector,
  column: Column & { storage: 'bytes' },
  start: number,
  rows: number,
): void {
  const { offsets, bytes, validity } = column
  for (let i = 0; i < rows; i++) {
    const row = start + i
    if (!isValid(validity, row)) continue
    bindings.vector_assign_string_element_len(vector, i, bytes.subarray(offsets[row]!, offsets[row + 1]!))
  }
}

function wideLimbs(values: readonly bigint[], start: number, rows: number): BigUint64Array {
  const limbs = new BigUint64Array(rows * 2)
  for (let i = 0; i < rows; i++) {
    const value = values[start + i]!
    limbs[i * 2] = BigInt.asUintN(64, value)
    limbs[i * 2 + 1] = BigInt.asUintN(64, value >> 64n)
  }
  return limbs
}

/** The inverse of the chunk reader's: high limb's top bit flipped, low limb first. */
function storedUuids(column: Column & { storage: 'bytes' }, start: number, rows: number): Uint8Array {
  const stored = new DataView(new ArrayBuffer(rows * 16))
  const view = new DataView(column.bytes.buffer, column.bytes.byteOffset, column.bytes.byteLength)
  for (let i = 0; i < rows; i++) {
    if (!isValid(column.validity, start + i)) continue
    const from = column.offsets[start + i]!
    stored.setBigUint64(i * 16, view.getBigUint64(from + 8), true)
    stored.setBigUint64(i * 16 + 8, view.getBigUint64(from) ^ (1n << 63n), true)
  }
  return new Uint8Array(stored.buffer)
}
