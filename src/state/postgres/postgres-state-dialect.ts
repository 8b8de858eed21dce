import { sql } from 'kysely'
import type { StateDialect } from '../state-dialect.ts'

/** State kept in one schema of a Postgres database. */
export function postgresStateDialect(schema: string): StateDialect {
  return {
    now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    sequence: { type: 'bigint', constrain: (column) => column.primaryKey().generatedAlwaysAsIdentity() },
    /** Not by to_regclass, whose cache may not have heard of what another process made a moment ago. */
    async isInitialized(db) {
      const { rows } = await sql<{ found: boolean }>`
        select exists (
          select from pg_catalog.pg_tables where schemaname = ${schema} and tablename = 'migrations'
        ) as found
      `.execute(db)
      return rows[0]?.found === true
    },
    async lockMigrations(transaction) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`waterworks state ${schema}`}, 0))`.execute(
        transaction,
      )
    },
    async prepare(transaction) {
      await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction)
    },
  }
}
