import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connector } from '../../connectors/connector.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { stagePart } from '../../formats/stage-part.ts'
import { landRows } from '../../landing/land-rows.ts'
import { FILE_NUMBER, profileRelation } from './profile-relation.ts'
import type { TableProfile } from './table-profile.ts'

/** A table of a database, as the rows that were read of it show it. */
export interface ProfiledTable extends TableProfile {
  /** Whether those are all of its rows. */
  readonly whole: boolean
}

/** Where rows lie while they are looked at. */
export interface ProfilePlace {
  /** A session of an embedded DuckDB. */
  readonly executor: Executor
  /** A folder for the rows of one table at a time, absolute. */
  readonly folder: string
}

/**
 * Reads the first chunk of a stream as loading would, and profiles it. Nothing of the rows is left behind. Of an empty
 * table there are no rows to tell anything.
 */
export async function profileTable(
  connector: Connector,
  stream: string,
  { executor, folder }: ProfilePlace,
): Promise<ProfiledTable> {
  const reading = connector.read(stream, null)[Symbol.asyncIterator]()
  const first = await reading.next()
  if (first.done === true || first.value.kind !== 'rows') {
    await reading.return?.()
    return { rows: 0, columns: [], pairs: [], personal: [], whole: true }
  }
  const { fields, origin } = first.value
  const file = join(folder, 'rows.parquet')
  const { rows, defects } = await landRows(first.value, file)
  const whole = (await reading.next()).done === true
  await reading.return?.()
  try {
    const scan = { format: 'parquet', fields, ...(defects > 0 ? { defects: true as const } : {}) } as const
    const part = await stagePart(executor, { origin, records: rows, scan }, file, { table: '_ww_init_rows' })
    const columns = part.fields.map(({ name }) => duckDbDialect.identifier(name))
    const from = `(select ${[...columns, `0 as ${FILE_NUMBER}`].join(', ')} from ${part.from})`
    return { ...(await profileRelation(executor, from, part.fields)), whole }
  } finally {
    await rm(file, { force: true })
  }
}
