import { PostgresConnector } from '../connectors/postgres/postgres-connector.ts'
import { SourceClient } from '../connectors/postgres/source-client.ts'
import { listTables, readTable, type SourceTable } from '../connectors/postgres/source-table.ts'
import type { Connection } from '../project/project.ts'
import { chooseChecks } from './choose-checks.ts'
import { chooseKey, type Key } from './choose-key.ts'
import { type ProfiledTable, type ProfilePlace, profileTable } from './profile/profile-table.ts'
import { isInternal, isReserved } from './reserved-column.ts'
import { distinctNames, plainName, snakeCase } from './snake-case.ts'
import type { StarterColumn, StarterTable } from './starter-table.ts'

const PLAIN = /^[a-z_][a-z0-9_]*$/
const LONGEST_TABLE = 28
/** So many rows of a table are looked at: enough to know its columns by, and read in a second or two. */
const LOOKED_AT = 100_000

export interface SurveyedDatabase {
  readonly tables: readonly StarterTable[]
  /** Tables that are left out: their names, or those of their columns, ask for more than a starter gives. */
  readonly leftOut: readonly string[]
}

export interface SurveyHooks {
  /** Told before rows of a table are read. */
  looking?(table: string): void
}

/**
 * The tables of a database as a project will have them. Keys, what is never NULL, and which table refers to which are
 * told by its catalogue; what else should hold of the columns by the first rows of each table, all of one moment. Views
 * are left to whoever wants them.
 */
export async function surveyDatabase(
  connection: Connection,
  source: string,
  place: ProfilePlace,
  hooks: SurveyHooks = {},
): Promise<SurveyedDatabase> {
  const { usable, leftOut, references } = await readCatalogue(connection)
  const names = distinctNames(
    usable.map(({ name }) => plainName(name, 'data', LONGEST_TABLE)),
    LONGEST_TABLE,
  )
  const nameOf = new Map(usable.map((table, index) => [fullName(table), names[index]!]))
  const streams = usable.map((table) => ({
    ...{ stream: fullName(table), schema: table.schema, name: table.name },
    columns: {},
    incremental: undefined,
  }))
  const connector = new PostgresConnector({ connection, streams, chunkRows: LOOKED_AT })
  try {
    const tables: StarterTable[] = []
    for (const [index, table] of usable.entries()) {
      const from = fullName(table)
      hooks.looking?.(from)
      const profile = await profileTable(connector, from, place)
      const pointing = references.filter((reference) => reference.from === from)
      const columns = columnsOf(table, profile, (column) => {
        const reference = pointing.find(({ own }) => own === column)
        const target = reference && nameOf.get(reference.to)
        return target === undefined ? undefined : { table: target, column: reference!.field }
      })
      tables.push({
        ...{ name: names[index]!, source, files: undefined, from },
        rows: profile.whole ? profile.rows : Math.max(profile.rows, table.rows),
        rejected: 0,
        columns,
        key: keyOf(table, profile),
      })
    }
    return { tables, leftOut: leftOut.map(fullName) }
  } finally {
    await connector.close()
  }
}

interface Catalogue {
  readonly usable: readonly SourceTable[]
  readonly leftOut: readonly SourceTable[]
  readonly references: readonly ForeignKey[]
}

interface ForeignKey {
  readonly from: string
  readonly own: string
  readonly to: string
  readonly field: string
}

async function readCatalogue(connection: Connection): Promise<Catalogue> {
  const client = await SourceClient.connect(connection)
  try {
    const found: SourceTable[] = []
    for (const pattern of await listTables(client)) found.push(await readTable(client, pattern))
    const tables = found.filter(({ letter }) => letter === 'r' || letter === 'p')
    const rows = await client.rows(REFERENCES)
    return {
      usable: tables.filter(isUsable),
      leftOut: tables.filter((table) => !isUsable(table)),
      references: rows.map(([from, own, to, field]) => ({ from: from!, own: own!, to: to!, field: field! })),
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

/** What the database declares; else what all of the rows show. */
function keyOf(table: SourceTable, profile: ProfiledTable): Key | undefined {
  if (table.key.length > 0) return { columns: table.key, strength: 'sure' }
  const found = profile.whole ? chooseKey(table.name, profile) : undefined
  return found && { ...found, strength: 'likely' }
}

function columnsOf(
  table: SourceTable,
  { columns, rows, whole }: ProfiledTable,
  references: (column: string) => StarterColumn['references'],
): readonly StarterColumn[] {
  const names = distinctNames(columns.map(({ name }, index) => snakeCase(name, `column_${index + 1}`)))
  return columns.map((profile, index) => {
    const { name } = profile
    const declared = table.columns.find((column) => column.name === name)?.notNull ?? false
    const found = chooseChecks(profile, rows)
    // What a part of the rows lacks, the others may have.
    const checks = whole
      ? { ...found, notNull: declared || found.notNull }
      : { ...found, notNull: declared, values: undefined }
    return { profile, raw: name, name: names[index]!, checks, references: references(name) }
  })
}
