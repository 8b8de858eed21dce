import type { Field } from '../batch/logical-type.ts'
import { PostgresConnector } from '../connectors/postgres/postgres-connector.ts'
import { SourceClient } from '../connectors/postgres/source-client.ts'
import { listTables, readTable, type SourceTable } from '../connectors/postgres/source-table.ts'
import type { Connection } from '../project/project.ts'
import type { ColumnProfile } from './profile/table-profile.ts'
import { isInternal, isReserved } from './reserved-column.ts'
import { distinctNames, plainName, snakeCase } from './snake-case.ts'
import type { StarterColumn, StarterTable } from './starter-table.ts'

const PLAIN = /^[a-z_][a-z0-9_]*$/
const LONGEST_TABLE = 28

export interface SurveyedDatabase {
  readonly tables: readonly StarterTable[]
  /** Tables that are left out: their names, or those of their columns, ask for more than a starter gives. */
  readonly leftOut: readonly string[]
}

/**
 * The tables of a database as a project will have them, by what its catalogue says: keys, what is never NULL, and which
 * table refers to which. No rows are read, and views are left to whoever wants them.
 */
export async function surveyDatabase(connection: Connection, source: string): Promise<SurveyedDatabase> {
  const client = await SourceClient.connect(connection)
  try {
    const found: SourceTable[] = []
    for (const pattern of await listTables(client)) found.push(await readTable(client, pattern))
    const tables = found.filter(({ letter }) => letter === 'r' || letter === 'p')
    const [usable, leftOut] = [tables.filter(isUsable), tables.filter((table) => !isUsable(table))]
    const names = distinctNames(
      usable.map(({ name }) => plainName(name, 'data', LONGEST_TABLE)),
      LONGEST_TABLE,
    )
    const fields = await fieldsOf(connection, usable)
    const references = await client.rows(REFERENCES)
    const nameOf = new Map(usable.map((table, index) => [fullName(table), names[index]!]))
    return {
      leftOut: leftOut.map(fullName),
      tables: usable.map((table, index) => {
        const pointing = references.filter(([from]) => from === fullName(table))
        const columns = columnsOf(table, fields[index] ?? [], (column) => {
          const [, , to, field] = pointing.find(([, own]) => own === column) ?? []
          const target = to == null ? undefined : nameOf.get(to)
          return target === undefined || field == null ? undefined : { table: target, column: field }
        })
        const key = table.key.length === 0 ? undefined : { columns: table.key, strength: 'sure' as const }
        const rows = Math.max(0, table.rows)
        return {
          name: names[index]!,
          source,
          files: undefined,
          from: fullName(table),
          rows,
          rejected: 0,
          columns,
          key,
        }
      }),
    }
  } finally {
    await client.close()
  }
}

/** Foreign keys of one column: the table and column, and those they refer to. */
const REFERENCES = `
  select fn.nspname || '.' || f.relname, fa.attname::text, tn.nspname || '.' || t.relname, ta.attname::text
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class f on f.oid = k.conrelid join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
  join pg_catalog.pg_class t on t.oid = k.confrelid join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  join pg_catalog.pg_attribute fa on fa.attrelid = f.oid and fa.attnum = k.conkey[1]
  join pg_catalog.pg_attribute ta on ta.attrelid = t.oid and ta.attnum = k.confkey[1]
  where k.contype = 'f' and cardinality(k.conkey) = 1 and k.convalidated`

function fullName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`
}

function isUsable({ schema, name, columns }: SourceTable): boolean {
  const special = columns.some((column) => isReserved(column.name) || isInternal(column.name))
  return PLAIN.test(schema) && PLAIN.test(name) && columns.length > 0 && !special
}

/** The columns as loading maps them. */
async function fieldsOf(
  connection: Connection,
  tables: readonly SourceTable[],
): Promise<readonly (readonly Field[])[]> {
  const streams = tables.map(({ schema, name }) => ({
    stream: `${schema}.${name}`,
    schema,
    name,
    columns: {},
    incremental: undefined,
  }))
  const connector = new PostgresConnector({ connection, streams, chunkRows: 1 })
  try {
    return (await connector.discover()).map((stream) => stream.fields)
  } finally {
    await connector.close()
  }
}

function columnsOf(
  { columns, key, rows }: SourceTable,
  fields: readonly Field[],
  references: (column: string) => StarterColumn['references'],
): readonly StarterColumn[] {
  const names = distinctNames(fields.map(({ name }, index) => snakeCase(name, `column_${index + 1}`)))
  return fields.map(({ name, type }, index) => {
    const notNull = columns.find((column) => column.name === name)?.notNull ?? false
    const profile: ColumnProfile = {
      name,
      type,
      nulls: notNull ? 0 : 1,
      distinct: Math.max(0, rows),
      unique: key.length === 1 && key[0] === name,
      uniqueInEachFile: false,
      range: undefined,
      longest: undefined,
      values: undefined,
      dateFormat: undefined,
    }
    const checks = { range: undefined, values: undefined, notNull }
    return { profile, raw: name, name: names[index]!, checks, references: references(name) }
  })
}
