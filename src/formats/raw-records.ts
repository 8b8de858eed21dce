import type { Batch } from '../batch/batch.ts'
import type { Field } from '../batch/logical-type.ts'
import type { FileScan, ParquetScan } from './file-scan.ts'
import { isRecordScan } from './records/decoders.ts'
import { readRawCsv, readRawJson } from './stage/read-raw.ts'
import { readRecords } from './stage/stage-records.ts'

/** How a file is read whose records are decoded by us. */
export type RawScan = Exclude<FileScan, ParquetScan>

/** Columns of a batch of raw records that stand before those of the file. */
export const RAW_HEAD = Object.freeze({ record: 0, line: 1, byte: 2, reason: 3, payload: 4, fields: 5 })

/**
 * Every record of a file as texts, streamed, before any text is read as its column's type: batches with the columns of
 * `RAW_HEAD`, of which reason and payload are those of a record that is malformed, and then one for each field. When
 * the file turns out not to be of its format at all, `onVoid` hears why, all batches are void and it is one record.
 */
export function rawRecords(
  file: string,
  scan: RawScan,
  fields: readonly Field[],
  onVoid: (reason: string) => void,
): AsyncIterable<Batch> {
  if (scan.format === 'csv') return readRawCsv(file, { ...scan, fields })
  if (isRecordScan(scan)) return readRecords(file, scan, fields, (defect) => onVoid(defect.message))
  return readRawJson(file, scan, fields, ({ line, byte, problem }) =>
    onVoid(`the document is not JSON: line ${line}, byte ${byte}: ${problem}`),
  )
}
