import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { CsvScan } from '../file-scan.ts'
import { RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { readCsv } from './read-csv.ts'
import { NO_REJECTS } from './temporary.ts'
import { anyUnfaithful, readTyped } from './typed-text.ts'

const { identifier, refuse } = duckDbDialect

/**
 * A delimited file to be read by the loading statement itself, which fails at the first line that DuckDB cannot read
 * and at the first value that is not read faithfully. Nothing is read or copied beforehand.
 * @param records what the statement's rows must come to, for lines may be skipped for other reasons
 */
export function assumeCleanCsv(
  records: number,
  file: string,
  scan: CsvScan,
  fields: readonly Field[],
): StagedPart {
  const list = fields.map(({ name }, index) => `v${index} as ${identifier(name)}`)
  const from =
    `(select ${[...list, `null::bigint as ${RECORD_NUMBER}`].join(', ')}` +
    ` from ${readTyped(readCsv(file, scan), fields)} where ${refuse(anyUnfaithful(fields))})`
  return { from, fields, rows: records, rejects: { from: `(${NO_REJECTS})`, rows: 0 } }
}
