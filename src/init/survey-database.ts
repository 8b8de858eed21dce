import type { SourceTable } from '../connectors/tables/source-table.ts'
import type { ForeignKey, TableDialect } from '../connectors/tables/table-dialect.ts'
import { TablesConnector } from '../connectors/tables/tables-connector.ts'
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
  dialect: TableDialect,
  source: string,
  place: ProfilePlace,
  hooks: SurveyHooks = {},
): Promise<SurveyedDatabase> {
  const { usable, leftOut, references } = await readCatalogue(dialect)
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
  const connector = new TablesConnector(dialect, { streams, chunkRows: LOOKED_AT })
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
        personal: profile.personal,
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

async function readCatalogue(dialect: TableDialect): Promise<Catalogue> {
  const client = await dialect.connect()
  try {
    const found: SourceTable[] = []
    for (const pattern of await dialect.listTables(client))
      found.push(await dialect.readTable(client, pattern))
    const tables = found.filter(({ isStored }) => isStored)
    return {
      usable: tables.filter(isUsable),
      leftOut: tables.filter((table) => !isUsable(table)),
      references: await dialect.foreignKeys(client),
    }
  } finally {
    await client.close()
  }
}

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
