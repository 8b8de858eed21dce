import type { CsvScan } from '../file-scan.ts'

/** Whether DuckDB's reader takes a file exactly as ours does; anything else is ours from the start. */
export function suitsDuckDb(scan: CsvScan): boolean {
  return (
    !scan.exact &&
    scan.encoding === 'utf-8' &&
    scan.fields.length > 1 &&
    !scan.fields.some(({ name }) => /^(rowid|_ww_off)$/i.test(name))
  )
}
