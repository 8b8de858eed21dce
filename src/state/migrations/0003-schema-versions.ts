import type { Migration } from './migration.ts'

/** The history of what columns the tables of streams had. */
export const schemaVersions: Migration = {
  name: 'schema versions',
  async up({ schema }) {
    await schema
      .createTable('schema_versions')
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('relation', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('node', 'text', (column) => column.notNull())
      .addColumn('stream', 'text', (column) => column.notNull())
      .addColumn('run_id', 'text', (column) => column.notNull().references('runs.run_id'))
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('columns', 'text', (column) => column.notNull())
      .addColumn('changes', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('schema_versions_pk', ['target', 'relation', 'version'])
      .execute()
  },
}
