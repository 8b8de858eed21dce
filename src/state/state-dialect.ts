import type { ColumnDefinitionBuilder, Kysely, RawBuilder, Transaction } from 'kysely'
import type { StateTables } from './state-tables.ts'

/** The few things that the databases which can keep state do differently. */
export interface StateDialect {
  /** The database's clock in milliseconds since 1970, as an expression. */
  readonly now: RawBuilder<number>
  /** The type and constraints of a primary key that the database counts up. */
  readonly sequence: {
    readonly type: 'integer' | 'bigint'
    constrain(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder
  }
  /** Whether the store's tables exist. Throws WW6001 when the place belongs to something else. */
  isInitialized(db: Kysely<StateTables>): Promise<boolean>
  /** Waits until no other process migrates this store, and keeps them waiting until the transaction ends. */
  lockMigrations(transaction: Transaction<StateTables>): Promise<void>
  /** Makes the place ready for the first tables. */
  prepare(transaction: Transaction<StateTables>): Promise<void>
}
