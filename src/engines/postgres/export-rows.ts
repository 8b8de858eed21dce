import { open, rm } from 'node:fs/promises'
import type { Batch } from '../../batch/batch.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20

/**
 * Writes batches of one json column to a new NDJSON file, one value per line; returns their number. The file is on
 * the client's disk and synced, so a rollback of the transaction does not touch it; an export that fails leaves none.
 */
export async function exportRows(batches: AsyncIterable<Batch>, path: string): Promise<number> {
  const file = await open(path, 'wx')
  try {
    let rows = 0
    for await (const { columns, rows: count } of batches) {
      const [column] = columns
      if (column?.storage !== 'bytes')
        throw new WaterworksError('WW9001', { message: 'only json can be exported' })
      await file.write(asLines(column.bytes, column.offsets, count))
      rows += count
    }
    await file.sync()
    await file.close()
    return rows
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
}

/** A json column of the query may hold line ends of its own: between tokens, as those inside strings are escaped. */
function asLines(bytes: Uint8Array, offsets: Int32Array, rows: number): Uint8Array {
  const lines = new Uint8Array(bytes.length + rows)
  let to = 0
  for (let row = 0; row < rows; row++) {
    for (let from = offsets[row]!; from < offsets[row + 1]!; from++) {
      const byte = bytes[from]!
      lines[to++] = byte === NEWLINE || byte === RETURN ? SPACE : byte
    }
    lines[to++] = NEWLINE
  }
  return lines.subarray(0, to)
}
