import type { Transaction } from 'kysely'
import type { StateDialect } from '../state-dialect.ts'
import type { StateTables } from '../state-tables.ts'

/** One step of the tables' history. Never edited once released: a change is a new migration. */
export interface Migration {
  readonly name: string
  up(transaction: Transaction<StateTables>, dialect: StateDialect): Promise<void>
}
