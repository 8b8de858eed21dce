import type { Validity } from '../../batch/batch.ts'

/**
 * Which values of an optional column are there (1) or null (0), as Parquet's run-length and bit-packed hybrid, with
 * its length before it. Our validity is already packed its way: bits, least significant first.
 */
export function definitionLevels(validity: Validity, rows: number): Uint8Array {
  const header: number[] = []
  const groups = Math.ceil(rows / 8)
  const same = validity === null || countNulls(validity, rows) === rows
  let run = same ? rows * 2 : groups * 2 + 1
  for (; run > 0x7f; run >>>= 7) header.push((run & 0x7f) | 0x80)
  header.push(run)
  const levels = same ? Uint8Array.of(validity === null ? 1 : 0) : validity.subarray(0, groups)
  const out = new Uint8Array(4 + header.length + levels.length)
  new DataView(out.buffer).setInt32(0, header.length + levels.length, true)
  out.set(header, 4)
  out.set(levels, 4 + header.length)
  return out
}

/** How many of the rows are null. */
export function countNulls(validity: Validity, rows: number): number {
  if (validity === null) return 0
  let nulls = 0
  for (let row = 0; row < rows; row++) if ((validity[row >> 3]! & (1 << (row & 7))) === 0) nulls++
  return nulls
}
