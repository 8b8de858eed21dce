import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { CsvScan } from '../file-scan.ts'
import { rawColumn } from './raw-batches.ts'

const { literal } = duckDbDialect

/**
 * SQL that may stand in FROM: a delimited file as columns of text, `c0`, `c1` and so on. Nothing is left for DuckDB to
 * guess. `further` are more options of its reader.
 */
export function readCsv(file: string, scan: CsvScan, further: readonly string[] = []): string {
  const columns = scan.fields.map((_, index) => `${rawColumn(index)}: 'VARCHAR'`)
  const options = [
    'auto_detect = false',
    `columns = {${columns.join(', ')}}`,
    `delim = ${literal(scan.delimiter)}`,
    `quote = ${literal(scan.quote)}`,
    `escape = ${literal(scan.escape)}`,
    `header = ${scan.header}`,
    `skip = ${scan.skipLines}`,
    `nullstr = [${['', ...scan.nullTexts].map(literal).join(', ')}]`,
    'allow_quoted_nulls = false',
    `compression = ${literal(scan.compression)}`,
    'strict_mode = true',
    'null_padding = false',
    ...further,
  ]
  return `read_csv(${literal(file)}, ${options.join(', ')})`
}
