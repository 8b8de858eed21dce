import { createHash } from 'node:crypto'
import type { Executor } from '../engines/engine.ts'
import { fileStamp } from './bytes/file-stamp.ts'
import { hashFile } from './bytes/hash-file.ts'
import { openText } from './bytes/open-text.ts'
import { csvDialect } from './csv/csv-dialect.ts'
import { CsvReader } from './csv/csv-reader.ts'
import type { FileScan } from './file-scan.ts'
import { scanJson } from './json/scan-json.ts'
import { parquetRows } from './parquet/parquet-footer.ts'
import { isRecordFormat } from './records/decoders.ts'
import { examineRecords } from './records/examine-records.ts'
import { resolveFormat } from './resolve-format.ts'
import type { ScanOptions } from './scan-options.ts'
import { outlineFile } from './sniff-file.ts'

export interface ExaminedFile {
  readonly scan: FileScan
  /** Records in the file, counted from its bytes. */
  readonly records: number
  /** SHA-256 of the file's bytes, in hex. */
  readonly hash: string
  /** `fileStamp` when reading ended. */
  readonly stamp: string
}

/**
 * Everything there is to know of a file before it lands: how to read it, how many records it has and what its
 * content is, in one pass over its bytes (after a look at its beginning). Throws as `sniffFile`.
 */
export async function examineFile(
  executor: Executor,
  file: string,
  options: ScanOptions,
): Promise<ExaminedFile> {
  const format = resolveFormat(file, options)
  if (isRecordFormat(format)) return examineRecords(file, format, options)
  const outline = await outlineFile(executor, file, { ...options, format })
  if (outline.format === 'parquet') {
    const records = await parquetRows(file)
    const hash = await hashFile(file)
    return { scan: outline, records, hash, stamp: await fileStamp(file) }
  }
  const sha256 = createHash('sha256')
  const { chunks, firstByte } = await openText(file, outline, (chunk) => sha256.update(chunk))
  const counted =
    outline.format === 'csv'
      ? await countCsv(chunks, outline)
      : await scanJson(chunks, firstByte, outline, options)
  return { ...counted, hash: sha256.digest('hex'), stamp: await fileStamp(file) }
}

async function countCsv(chunks: AsyncIterable<Buffer>, scan: FileScan & { format: 'csv' }) {
  const reader = new CsvReader(csvDialect(scan))
  for await (const chunk of chunks) reader.push(chunk)
  reader.end()
  return { scan: { ...scan, exact: !reader.plain }, records: reader.records }
}
