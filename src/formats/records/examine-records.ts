import { fileStamp } from '../bytes/file-stamp.ts'
import { hashFile } from '../bytes/hash-file.ts'
import type { ExaminedFile } from '../examine-file.ts'
import type { RecordScan } from '../file-scan.ts'
import type { ScanOptions } from '../scan-options.ts'
import { CellKinds } from './cell-kinds.ts'
import { decoderOf, type RecordFormat } from './decoders.ts'
import { DocumentDefect } from './document-defect.ts'

/** How to read a file of a format that is decoded record by record, and how many records it has. Throws WW4002. */
export async function scanRecords(
  file: string,
  format: RecordFormat,
  options: ScanOptions,
): Promise<{ readonly scan: RecordScan; readonly records: number }> {
  const decoder = await decoderOf(format)
  const { scan, typed, mixedAsText } = await decoder.outline(file, options)
  if (typed && decoder.count !== undefined) return { scan, records: await decoder.count(file, scan) }
  const kinds = new CellKinds()
  let records = 0
  try {
    for await (const batch of decoder.decode(file, scan)) {
      records += batch.length
      if (!typed) for (const record of batch) if ('cells' in record) kinds.add(record)
    }
  } catch (error) {
    if (!(error instanceof DocumentDefect)) throw error
    return { scan: typed ? scan : { ...scan, fields: [] }, records: 1 }
  }
  const fields = kinds.fields(options.columns ?? {}, mixedAsText)
  return { scan: typed ? scan : { ...scan, fields }, records }
}

/** As `examineFile`, of such a file. */
export async function examineRecords(
  file: string,
  format: RecordFormat,
  options: ScanOptions,
): Promise<ExaminedFile> {
  const found = await scanRecords(file, format, options)
  return { ...found, hash: await hashFile(file), stamp: await fileStamp(file) }
}
