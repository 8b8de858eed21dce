import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { KyselyStateStore } from '../kysely-state-store.ts'
import { migrate } from '../migrations/migrate.ts'
import type { StateLocation } from '../open-state-store.ts'
import type { StateStore } from '../state-store.ts'
import type { StateTables } from '../state-tables.ts'
import { postgresStateDialect } from './postgres-state-dialect.ts'

const DEFAULT_SCHEMA = '_waterworks_state'
const CONNECTIONS = 4
const CONNECTION_TIMEOUT = 10_000

/** Opens the state kept in a Postgres schema. Throws WW6001 and WW6002 as `openStateStore` does. */
export async function openPostgresStateStore(
  location: StateLocation & { readonly kind: 'postgres' },
): Promise<StateStore> {
  const { host, port, user, password, database, schema = DEFAULT_SCHEMA } = location
  const pool = new pg.Pool({
    host,
    port,
    user,
    password,
    database,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    application_name: 'waterworks state',
    types: { getTypeParser },
  })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const connection = new Kysely<StateTables>({ dialect: new PostgresDialect({ pool }) })
  const db = connection.withSchema(schema)
  const dialect = postgresStateDialect(schema)
  try {
    await migrate(db, dialect)
  } catch (cause) {
    await connection.destroy()
    if (cause instanceof WaterworksError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new WaterworksError('WW6001', {
      message: `the state in ${database} on ${host}:${port} cannot be opened: ${reason}`,
      cause,
    })
  }
  return new KyselyStateStore(db, dialect)
}

/** Whole numbers as numbers: no count or time of the platform passes 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === pg.types.builtins.INT8) return Number
  return format === 'binary' ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid)
}
