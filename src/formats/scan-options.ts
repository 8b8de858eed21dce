import type { LogicalType } from '../batch/logical-type.ts'
import type { Compression, Layout, RecordScan } from './file-scan.ts'

/** What a project says about how to read a file; everything it leaves open is taken from the file itself. */
export interface ScanOptions {
  readonly format?: 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet' | RecordScan['format'] | undefined
  readonly compression?: Compression | undefined
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly quote?: string | undefined
  readonly escape?: string | undefined
  readonly header?: boolean | undefined
  readonly skipLines?: number | undefined
  readonly nullTexts?: readonly string[] | undefined
  /** Of files of fixed width. */
  readonly layout?: Layout | undefined
  readonly ragged?: boolean | undefined
  /** Of files read by a regular expression. */
  readonly pattern?: string | undefined
  /** Of XML: which elements are records, and which are always lists. */
  readonly recordPath?: string | undefined
  readonly lists?: readonly string[] | undefined
  /** Of workbooks. */
  readonly sheet?: string | undefined
  /** Of PDF: each page is a record. */
  readonly byPage?: boolean | undefined
  /** Of Protobuf: a descriptor set, as base64, and the full name of the messages' type. */
  readonly descriptor?: string | undefined
  readonly message?: string | undefined
  readonly columns?: Readonly<Record<string, LogicalType>> | undefined
}
