import type { Migration } from './migration.ts'

/** Credentials that a server changes, which are kept encrypted. */
export const credentials: Migration = {
  name: 'credentials',
  async up({ schema }) {
    await schema
      .createTable('credentials')
      .addColumn('name', 'text', (column) => column.notNull().primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute()
  },
}
