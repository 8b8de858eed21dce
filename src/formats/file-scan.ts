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

/** Everything needed to read a landed file the same way for ever. Plain data: kept in the landing manifest. */
export type FileScan = (CsvScan | JsonScan | ParquetScan) & Captured

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
