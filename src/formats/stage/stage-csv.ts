import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { CsvScan } from '../file-scan.ts'
import { RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { readCsv } from './read-csv.ts'
import { readRawCsv } from './read-raw.ts'
import { countRows, stageRaw } from './stage-raw.ts'
import { suitsDuckDb } from './suits-duckdb.ts'
import { rejectsTable, temporary } from './temporary.ts'
import { anyUnfaithful, readTyped } from './typed-text.ts'

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
  keepMisfits: boolean,
): Promise<StagedPart> {
  const staged = await stageFast(executor, records, file, scan, fields, table)
  return staged ?? stageRaw(executor, readRawCsv(file, scan), fields, table, { keepMisfits })
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
  const list = fields.map(({ name }, index) => `v${index} as ${identifier(name)}`)
  await dropRefused(executor)
  await executor.execute(
    `create or replace temp table ${identifier(table)} as` +
      ` select ${[...list, `(${anyUnfaithful(fields)}) as ${OFF}`].join(', ')}` +
      ` from ${readTyped(readCsv(file, scan, LIST_REFUSED), fields)}`,
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
/** Lines it cannot read it leaves out, and the count tells. */
const LIST_REFUSED = [
  'store_rejects = true',
  `rejects_table = ${literal(REFUSED)}`,
  `rejects_scan = ${literal(REFUSED_FILES)}`,
  'rejects_limit = 1',
]

async function dropRefused(executor: Executor): Promise<void> {
  for (const name of [REFUSED, REFUSED_FILES]) {
    await executor.execute(`drop table if exists ${temporary(name)}`)
  }
}

async function keepsOrder(executor: Executor): Promise<boolean> {
  const [row] = await executor.rows(`select current_setting('preserve_insertion_order')::varchar as kept`)
  return row?.['kept'] === 'true'
}
