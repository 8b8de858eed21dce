import type { Kysely } from 'kysely'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { StateDialect } from '../state-dialect.ts'
import type { StateTables } from '../state-tables.ts'
import { runsAndEvents } from './0001-runs-and-events.ts'
import { tokens } from './0002-tokens.ts'
import { schemaVersions } from './0003-schema-versions.ts'
import { credentials } from './0004-credentials.ts'
import type { Migration } from './migration.ts'

/** The history of the tables; a store's version is the number of migrations it has had. */
const migrations: readonly Migration[] = [runsAndEvents, tokens, schemaVersions, credentials]

/**
 * Brings a store to this version, in one transaction; processes that race do it once. Throws WW6002 when a newer
 * version wrote the store, and leaves it as it is.
 */
export async function migrate(db: Kysely<StateTables>, dialect: StateDialect): Promise<void> {
  if ((await versionOf(db, dialect)) === migrations.length) return
  await db.transaction().execute(async (transaction) => {
    await dialect.lockMigrations(transaction)
    const version = await versionOf(transaction, dialect)
    if (version === 0) {
      await dialect.prepare(transaction)
      await createVersionTable(transaction)
    }
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue
      await migration.up(transaction, dialect)
      await transaction
        .insertInto('migrations')
        .values({ version: index + 1, name: migration.name, applied_at: new Date().toISOString() })
        .execute()
    }
  })
}

async function versionOf(db: Kysely<StateTables>, dialect: StateDialect): Promise<number> {
  if (!(await dialect.isInitialized(db))) return 0
  const { version } = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  if (version > migrations.length) {
    throw new WaterworksError('WW6002', {
      message: `the state store has version ${version}, this Waterworks knows ${migrations.length}`,
    })
  }
  return version
}

async function createVersionTable(db: Kysely<StateTables>): Promise<void> {
  await db.schema
    .createTable('migrations')
    .addColumn('version', 'integer', (column) => column.notNull().primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute()
}
