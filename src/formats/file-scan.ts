import type { Field } from '../batch/logical-type.ts'

export type Compression = 'none' | 'gzip' | 'zstd'

/** How to read a delimited text file. Nothing in it is guessed: what was sniffed is written down here. */
export interface CsvScan {
  readonly format: 'csv'
  readonly compression: Compression
  /** An IANA name; utf-8 unless the pipeline says otherwise or a byte-order mark does. */
  readonly encoding: string
  readonly delimiter: string
  /** The quote character, or '' when fields are never quoted. */
  readonly quote: string
  readonly escape: string
  readonly header: boolean
  /** Lines to pass over before the header (or the first record). */
  readonly skipLines: number
  /** Unquoted texts that mean NULL; the empty field always does when unquoted. */
  readonly nullTexts: readonly string[]
  /**
   * Counting met something that DuckDB's reader would take differently or in silence (NUL, stray quotes, lone
   * carriage returns, mixed line endings): the file is read by our exact reader from the start.
   */
  readonly exact: boolean
  /** The file's columns in the file's order, with the type each is to be read as. */
  readonly fields: readonly Field[]
}

/** One JSON value per line (ndjson), or one array or object in the whole file (json). */
export interface JsonScan {
  readonly format: 'json' | 'ndjson'
  readonly compression: Compression
  readonly encoding: string
  readonly fields: readonly Field[]
}

export interface ParquetScan {
  readonly format: 'parquet'
  /** The platform wrote the file and found values that their columns cannot hold: DEFECTS says which rows have them. */
  readonly defects?: true | undefined
  readonly fields: readonly Field[]
}

interface TextScan {
  readonly compression: Compression
  readonly encoding: string
  readonly fields: readonly Field[]
}

/** One record a line, whose columns stand at fixed places. */
export interface FixedWidthScan extends TextScan {
  readonly format: 'fixed-width'
  readonly skipLines: number
  readonly layout: Layout
  /** Lines may end before the layout does: what is missing is NULL. */
  readonly ragged: boolean
  readonly nullTexts: readonly string[]
}

/** Columns by the characters they stand at, from and to, counted from 1; to the line's end where `to` is null. */
export type Layout = readonly { readonly name: string; readonly from: number; readonly to: number | null }[]

/** One record a line, taken apart by the named groups of a regular expression. */
export interface RegexScan extends TextScan {
  readonly format: 'regex'
  readonly skipLines: number
  readonly pattern: string
  readonly nullTexts: readonly string[]
}

/** One record a line of a log whose form is known. */
export interface LogScan extends TextScan {
  readonly format: 'common-log' | 'combined-log' | 'syslog'
}

export type LineScan = FixedWidthScan | RegexScan | LogScan

/** An object container file. */
export interface AvroScan {
  readonly format: 'avro'
  readonly compression: Compression
  readonly fields: readonly Field[]
}

/** One record an element. */
export interface XmlScan extends TextScan {
  readonly format: 'xml'
  /** Which elements are records; the children of the root where it is null. */
  readonly recordPath: string | null
  /** Names of elements that are lists however often they are there. */
  readonly lists: readonly string[]
}

/** One record a document, or an item of a document that is a list. */
export interface YamlScan extends TextScan {
  readonly format: 'yaml'
}

/** One record a row of a sheet. */
export interface ExcelScan {
  readonly format: 'excel'
  readonly sheet: string
  readonly header: boolean
  /** Rows to pass over before the header. */
  readonly skipLines: number
  readonly nullTexts: readonly string[]
  readonly fields: readonly Field[]
}

/** One record a message. */
export interface ProtobufScan {
  readonly format: 'protobuf'
  readonly compression: Compression
  /** A descriptor set, as base64. */
  readonly descriptor: string
  /** The full name of the messages' type. */
  readonly message: string
  readonly fields: readonly Field[]
}

/** The whole file is one record. */
export interface DocumentScan extends TextScan {
  readonly format: 'text'
}

/** The whole file is one record, or each of its pages is. */
export interface PdfScan {
  readonly format: 'pdf'
  readonly byPage: boolean
  readonly fields: readonly Field[]
}

/** What is said of the whole file is one record. */
export interface MediaScan {
  readonly format: 'image' | 'audio' | 'video'
  readonly fields: readonly Field[]
}

export interface OrcScan {
  readonly format: 'orc'
  readonly fields: readonly Field[]
}

/** Formats that are decoded record by record by a reader of ours. */
export type RecordScan =
  | LineScan
  | AvroScan
  | XmlScan
  | YamlScan
  | ExcelScan
  | ProtobufScan
  | OrcScan
  | DocumentScan
  | PdfScan
  | MediaScan

/** Everything needed to read a landed file the same way for ever. Plain data: kept in the landing manifest. */
export type FileScan = (CsvScan | JsonScan | ParquetScan | RecordScan) & Captured

/** What the name of a file says about every record of it. */
export interface Captured {
  /** Texts by column; `fields` has those columns behind the file's own. */
  readonly captured?: Readonly<Record<string, string>> | undefined
}

/**
 * The column in which landed rows say what is wrong with them, NULL where nothing is: a JSON object of `reason`, and
 * `values` with the texts by column.
 */
export const DEFECTS = '_ww_defects'
