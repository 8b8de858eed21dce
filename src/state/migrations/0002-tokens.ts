import type { Migration } from './migration.ts'

/** The vault: tokens that stand for personal values, which it keeps encrypted. */
export const tokens: Migration = {
  name: 'tokens',
  async up({ schema }) {
    await schema
      .createTable('tokens')
      .addColumn('lookup', 'text', (column) => column.notNull().primaryKey())
      .addColumn('token', 'text', (column) => column.notNull().unique())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute()
  },
}
