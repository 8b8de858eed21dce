import type { Field } from '../../batch/logical-type.ts'
import type { CsvScan } from '../file-scan.ts'

/** How to read text made of `csvRecord`: nothing is guessed, and our exact reader reads it. */
export function csvRecordScan(fields: readonly Field[]): CsvScan {
  return {
    format: 'csv',
    compression: 'none',
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    escape: '"',
    header: false,
    skipLines: 0,
    nullTexts: [],
    exact: true,
    fields,
  }
}

/** A record of delimited text with its line end: NULL is an empty field, every text is quoted. */
export function csvRecord(texts: readonly (string | null)[]): string {
  return `${texts.map((text) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)).join(',')}\n`
}
