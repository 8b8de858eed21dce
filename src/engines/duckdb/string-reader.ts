import bindings from '@duckdb/node-bindings'
import type { Validity } from '../../batch/batch.ts'

/** Bytes of a `duckdb_string_t`: a length, and then the string itself or a prefix and a pointer. */
const STRING_SIZE = 16
/** The longest string that stands in the vector itself. */
const LONGEST_INLINE = 12

/** Strings of a vector, end to end. */
export interface StringBytes {
  readonly offsets: Int32Array
  readonly bytes: Uint8Array
}

/** Long strings that follow one another in DuckDB's memory, in either direction. */
interface Run {
  /** The lowest address, and the row whose pointer holds it. */
  start: number
  startRow: number
  end: number
  readonly firstRow: number
}

/**
 * Copies the strings of a vector. Each access through a pointer is a call into native code, which costs more than the
 * string itself: strings that lie side by side (as a scan or a computed column leaves them) are read in one call, and
 * a string that repeats its neighbour's pointer (a dictionary) not at all.
 */
export function readStringBytes(vector: bindings.Vector, rows: number, validity: Validity): StringBytes {
  const data = bindings.vector_get_data(vector, rows * STRING_SIZE)
  const words = new Uint32Array(data.buffer, data.byteOffset, rows * 4)
  const offsets = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row++) {
    const valid = validity === null || (validity[row >> 3]! & (1 << (row & 7))) !== 0
    offsets[row + 1] = offsets[row]! + (valid ? words[row * 4]! : 0)
  }
  const bytes = new Uint8Array(offsets[rows]!)
  const address = (row: number): number => words[row * 4 + 3]! * 2 ** 32 + words[row * 4 + 2]!
  let run: Run | undefined
  for (let row = 0; row < rows; row++) {
    const start = offsets[row]!
    const length = offsets[row + 1]! - start
    if (length === 0) continue
    if (length <= LONGEST_INLINE) {
      const from = row * STRING_SIZE + 4
      for (let i = 0; i < length; i++) bytes[start + i] = data[from + i]!
      continue
    }
    const at = address(row)
    if (run !== undefined && extend(run, row, at, length)) continue
    if (run !== undefined) copyRun(run, row)
    run = { start: at, startRow: row, end: at + length, firstRow: row }
  }
  if (run !== undefined) copyRun(run, rows)
  return { offsets, bytes }

  function extend(current: Run, row: number, at: number, length: number): boolean {
    if (at === current.end) {
      current.end = at + length
      return true
    }
    if (at + length === current.start) {
      current.start = at
      current.startRow = row
      return true
    }
    // A string inside the run is one that was met before.
    return at >= current.start && at + length <= current.end
  }

  function copyRun(current: Run, endRow: number): void {
    const pointer = data.byteOffset + current.startRow * STRING_SIZE + 8
    const memory = bindings.get_data_from_pointer(
      data.buffer as ArrayBuffer,
      pointer,
      current.end - current.start,
    )
    for (let row = current.firstRow; row < endRow; row++) {
      const start = offsets[row]!
      const length = offsets[row + 1]! - start
      if (length <= LONGEST_INLINE) continue
      const from = address(row) - current.start
      bytes.set(memory.subarray(from, from + length), start)
    }
  }
}
