import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { KyselyStateStore } from '../kysely-state-store.ts'
import { migrate } from '../migrations/migrate.ts'
import type { StateStore } from '../state-store.ts'
import type { StateTables } from '../state-tables.ts'
import { nodeSqliteDialect } from './node-sqlite-dialect.ts'
import { sqliteStateDialect } from './sqlite-state-dialect.ts'

/** Short, because SQLite waits by stopping the whole process; the driver waits on without. In milliseconds. */
const BUSY_TIMEOUT = 5

/**
 * Opens the state file, making it and its folder when they are not there. Several processes may have it open and
 * write to it. Throws WW6001 and WW6002 as `openStateStore` does.
 */
export async function openSqliteStateStore(path: string): Promise<StateStore> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const db = new Kysely<StateTables>({
      dialect: nodeSqliteDialect(new DatabaseSync(path, { timeout: BUSY_TIMEOUT })),
    })
    try {
      await sqliteStateDialect.isInitialized(db)
      await sql`pragma journal_mode = wal`.execute(db)
      await sql`pragma synchronous = normal`.execute(db)
      // What the vault erases is not to lie in the free pages of the file.
      await sql`pragma secure_delete = on`.execute(db)
      await migrate(db, sqliteStateDialect)
      return new KyselyStateStore(db, sqliteStateDialect)
    } catch (error) {
      await db.destroy()
      throw error
    }
  } catch (cause) {
    if (cause instanceof WaterworksError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new WaterworksError('WW6001', {
      message: `the state file ${path} cannot be opened: ${reason}`,
      cause,
    })
  }
}
