import type { RecordScan } from '../file-scan.ts'
import type { ScanOptions } from '../scan-options.ts'
import type { DecodedRecord } from './decoded-record.ts'

/** A scan before the records were looked at. */
export interface Outline<Scan extends RecordScan = RecordScan> {
  readonly scan: Scan
  /** The scan has its fields: the format or the project says them. Otherwise they are found from the records. */
  readonly typed: boolean
  /** Columns that have numbers in some records and texts in others are text, and not JSON. */
  readonly mixedAsText?: boolean
}

/**
 * Reads files of one format, record by record, as a stream. What a file says that values cannot hold is a malformed record; a
 * file that cannot be read at all throws WW4002, or DocumentDefect where it is text that people write.
 */
export interface RecordDecoder<Scan extends RecordScan = RecordScan> {
  outline(file: string, options: ScanOptions): Promise<Outline<Scan>>
  decode(file: string, scan: Scan): AsyncIterable<readonly DecodedRecord[]>
  /** How many records there are, where that can be had without decoding them. */
  count?(file: string, scan: Scan): Promise<number>
}
