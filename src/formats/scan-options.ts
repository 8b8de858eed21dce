import type { LogicalType } from '../batch/logical-type.ts'
import type { Compression } from './file-scan.ts'

/** What a project says about how to read a file; everything it leaves open is taken from the file itself. */
export interface ScanOptions {
  readonly format?: 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet' | undefined
  readonly compression?: Compression | undefined
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly quote?: string | undefined
  readonly escape?: string | undefined
  readonly header?: boolean | undefined
  readonly skipLines?: number | undefined
  readonly nullTexts?: readonly string[] | undefined
  readonly columns?: Readonly<Record<string, LogicalType>> | undefined
}
