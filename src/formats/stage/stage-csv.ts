import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { CsvScan } from '../file-scan.ts'
import { RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { faithfulReading } from './faithful.ts'
import { rawColumn } from './raw-batches.ts'
import { readRawCsv } from './read-raw.ts'
import { countRows, stageRaw } from './stage-raw.ts'
import { rejectsTable, temporary } from './temporary.ts'

const { identifier, literal } = duckDbDialect

/**
 * Stages a delimited file. DuckDB's reader goes first, where it can: as text, with each value's faithfulness judged
 * in the same pass. When it finds every record and nothing is off, that is the result. Otherwise the file is read
 * again by our exact reader, which knows what to reject and where it stands. No statement fails on bad data: a
 * failed one would end the caller's transaction.
 */
export async function stageCsv(
  executor: Executor,
  records: number,
  file: string,
  scan: CsvScan,
  fields: readonly Field[],
  table: string,
): Promise<StagedPart> {
  const staged = await stageFast(executor, records, file, scan, fields, table)
  return staged ?? stageRaw(executor, readRawCsv(file, scan), fields, table)
}

async function stageFast(
  executor: Executor,
  records: number,
  file: string,
  scan: CsvScan,
  fields: readonly Field[],
  table: string,
): Promise<StagedPart | undefined> {
  if (!suitsDuckDb(scan) || !(await keepsOrder(executor))) return undefined
  const readings = fields.map(({ type }) => faithfulReading(type))
  const values = readings.map((reading, index) => `${reading.value(rawColumn(index))} as v${index}`)
  const defects = readings.flatMap((reading, index) => {
    const defect = reading.unfaithful(rawColumn(index), `v${index}`)
    return defect === 'false' ? [] : [defect]
  })
  const list = fields.map(({ name }, index) => `v${index} as ${identifier(name)}`)
  const off = defects.length === 0 ? 'false' : defects.join(' or ')
  await dropRefused(executor)
  await executor.execute(
    `create or replace temp table ${identifier(table)} as` +
      ` select ${[...list, `(${off}) as ${OFF}`].join(', ')}` +
      ` from (select *, ${values.join(', ')} from ${readCsv(file, scan)})`,
  )
  const rows = await countRows(executor, `${temporary(table)} where not ${OFF}`)
  // Two counts: a line left out and a header taken for a row would make up for one another in either alone.
  const refused = await countRows(executor, temporary(REFUSED))
  await dropRefused(executor)
  if (rows !== records || refused > 0) return undefined
  await executor.execute(
    `create or replace temp table ${identifier(rejectsTable(table))}` +
      ' (record bigint, line bigint, byte bigint, reason varchar, payload varchar)',
  )
  // The rows were written in the file's order, and there are as many as records: the n-th is record n.
  const from = `(select * exclude (${OFF}), rowid + 1 as ${RECORD_NUMBER} from ${temporary(table)})`
  return { from, fields, rows, rejects: { from: temporary(rejectsTable(table)), rows: 0 } }
}

/** True in rows with a value that was not read faithfully. */
const OFF = '_ww_off'

/** Where DuckDB's reader puts the lines it leaves out, and the files it left them out of. */
const REFUSED = '_ww_refused'
const REFUSED_FILES = '_ww_refused_files'

async function dropRefused(executor: Executor): Promise<void> {
  for (const name of [REFUSED, REFUSED_FILES]) {
    await executor.execute(`drop table if exists ${temporary(name)}`)
  }
}

/** What DuckDB's reader takes exactly as ours does; anything else is ours from the start. */
function suitsDuckDb(scan: CsvScan): boolean {
  return (
    !scan.exact &&
    scan.encoding === 'utf-8' &&
    scan.fields.length > 1 &&
    !scan.fields.some(({ name }) => /^(rowid|_ww_off)$/i.test(name))
  )
}

async function keepsOrder(executor: Executor): Promise<boolean> {
  const [row] = await executor.rows(`select current_setting('preserve_insertion_order')::varchar as kept`)
  return row?.['kept'] === 'true'
}

/** Nothing is left for DuckDB to guess. Lines it cannot read it leaves out, and the count tells. */
function readCsv(file: string, scan: CsvScan): string {
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
    'store_rejects = true',
    `rejects_table = ${literal(REFUSED)}`,
    `rejects_scan = ${literal(REFUSED_FILES)}`,
    'rejects_limit = 1',
  ]
  return `read_csv(${literal(file)}, ${options.join(', ')})`
}
