import { type Kysely, sql } from 'kysely'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { StateDialect } from '../state-dialect.ts'
import type { StateTables } from '../state-tables.ts'

/** Marks a file as a state store (sqlite.org/fileformat2.html#application_id): "WWST". */
const APPLICATION_ID = 0x57575354

/** State kept in an SQLite file. */
export const sqliteStateDialect: StateDialect = {
  now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  sequence: { type: 'integer', constrain: (column) => column.primaryKey().autoIncrement() },
  async isInitialized(db) {
    const found = await identity(db)
    if (found.application_id === APPLICATION_ID) return true
    if (found.application_id === 0 && found.tables === 0) return false
    throw new WaterworksError('WW6001', {
      message: 'the state file is an SQLite database of something else',
      hint: 'Name another file for the state; this one is left as it is.',
    })
  },
  /** The transaction holds the file's write lock already (BEGIN IMMEDIATE). */
  async lockMigrations() {},
  async prepare(transaction) {
    await sql`pragma application_id = ${sql.lit(APPLICATION_ID)}`.execute(transaction)
  },
}

async function identity(db: Kysely<StateTables>): Promise<{ application_id: number; tables: number }> {
  const { rows } = await sql<{ application_id: number; tables: number }>`
    select application_id, (select count(*) from sqlite_schema) as tables from pragma_application_id
  `.execute(db)
  return rows[0] ?? { application_id: 0, tables: 0 }
}
