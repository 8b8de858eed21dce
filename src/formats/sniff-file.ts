import type { Executor } from '../engines/engine.ts'
import { openText, readTextStart } from './bytes/open-text.ts'
import { sniffCsv } from './csv/sniff-csv.ts'
import type { CsvScan, FileScan, JsonScan, ParquetScan } from './file-scan.ts'
import { scanJson } from './json/scan-json.ts'
import { parquetFields } from './parquet/parquet-fields.ts'
import { isRecordFormat, type RecordFormat } from './records/decoders.ts'
import { scanRecords } from './records/examine-records.ts'
import { outlineText } from './records/outline-text.ts'
import { type Format, resolveFormat } from './resolve-format.ts'
import type { ScanOptions } from './scan-options.ts'

/** So much of a delimited file's text is looked at to find out how it is written. */
const SAMPLE = 1 << 20

/**
 * How to read a file: what `options` leaves open is found out from its ending and content. Delimited files are
 * judged by their first MiB, JSON and what else is decoded by every record. Throws WW4002 to WW4004 and WW4008.
 */
export async function sniffFile(executor: Executor, file: string, options: ScanOptions): Promise<FileScan> {
  const format = resolveFormat(file, options)
  if (isRecordFormat(format)) return (await scanRecords(file, format, options)).scan
  const outline = await outlineFile(executor, file, { ...options, format })
  if (outline.format === 'parquet' || outline.format === 'csv') return outline
  const { chunks, firstByte } = await openText(file, outline)
  return (await scanJson(chunks, firstByte, outline, options)).scan
}

export interface OutlineOptions extends ScanOptions {
  readonly format: Exclude<Format, RecordFormat>
}

/** Of a format that DuckDB reads or that is JSON: as `sniffFile`, save that a JSON scan has no fields yet: they take a reading of the whole file. */
export async function outlineFile(
  executor: Executor,
  file: string,
  options: OutlineOptions,
): Promise<CsvScan | JsonScan | ParquetScan> {
  const { format } = options
  if (format === 'parquet') {
    const columns = await parquetFields(executor, file)
    return { format, fields: columns.map(({ field }) => field) }
  }
  const known = await outlineText(file, options)
  if (format === 'json' || format === 'ndjson') return { format, ...known, fields: [] } satisfies JsonScan
  const text = await readTextStart(file, known, SAMPLE)
  return sniffCsv({ text, whole: text.length < SAMPLE }, known, { ...options, format })
}
