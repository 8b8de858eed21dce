import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../engines/engine.ts'
import { chooseChecks } from './choose-checks.ts'
import { chooseKey, type Key, keyCandidates, singular } from './choose-key.ts'
import type { FileGroup } from './group-files.ts'
import { type ProfiledFiles, profileFiles } from './profile/profile-files.ts'
import { isReserved } from './reserved-column.ts'
import { distinctNames, snakeCase } from './snake-case.ts'
import type { StarterTable } from './starter-table.ts'

/** A table that was looked at, before its key is settled. */
export interface SurveyedTable {
  readonly group: FileGroup
  readonly profile: ProfiledFiles
  readonly key: Key | undefined
  /** Every column that may be the key, the likeliest first. */
  readonly candidates: readonly Key[]
}

/** Profiles the files of one table. `index` sets it apart from the others of the session. */
export async function survey(executor: Executor, group: FileGroup, index: number): Promise<SurveyedTable> {
  const profile = await profileFiles(executor, group.files, `_ww_init_${index}`)
  return {
    group,
    profile,
    key: chooseKey(group.table, profile),
    candidates: keyCandidates(group.table, profile),
  }
}

/** The tables as the project will have them, once their keys are settled: columns named, checks and references chosen. */
export async function settle(
  executor: Executor,
  surveyed: readonly SurveyedTable[],
  source: string,
): Promise<readonly StarterTable[]> {
  const tables: StarterTable[] = []
  for (const table of surveyed) {
    const { group, profile, key } = table
    const names = distinctNames(
      profile.columns.map(({ name }, index) => snakeCase(name, `column_${index + 1}`)),
    )
    const columns = []
    for (const [index, column] of profile.columns.entries()) {
      columns.push({
        profile: column,
        raw: isReserved(column.name) ? `source${column.name.toLowerCase()}` : column.name,
        name: names[index]!,
        checks: chooseChecks(column, profile.rows),
        references: await findReference(executor, table, column.name, surveyed),
      })
    }
    const { encoding, columns: types = {} } = profile.options
    const files = { paths: group.paths, encoding, columns: types }
    const { rows, rejected } = profile
    tables.push({
      name: group.table,
      source,
      files,
      rows,
      rejected,
      columns,
      key,
      personal: profile.personal,
    })
  }
  return tables
}

const { identifier } = duckDbDialect

/** Another table whose key has this column's name and every one of its values. */
async function findReference(
  executor: Executor,
  table: SurveyedTable,
  column: string,
  all: readonly SurveyedTable[],
): Promise<{ readonly table: string; readonly column: string } | undefined> {
  const name = snakeCase(column, '')
  for (const other of all) {
    const [key, ...more] = other.key?.columns ?? []
    if (other === table || key === undefined || more.length > 0 || !/(?:_id|_code|_key)$/.test(name)) continue
    const known = snakeCase(key, '')
    const named =
      known === name ||
      (/^(?:id|code|key)$/.test(known) && name === `${singular(other.group.table)}_${known}`)
    if (!named || typeOf(table, column) !== typeOf(other, key) || other.key?.strength !== 'sure') continue
    const [row] = await executor.rows(
      `select count(*) as missing from ${table.profile.from} as a where ${identifier(column)} is not null` +
        ` and not exists (select 1 from ${other.profile.from} as b where b.${identifier(key)} = a.${identifier(column)})`,
    )
    if (Number(row?.['missing']) === 0) return { table: other.group.table, column: key }
  }
  return undefined
}

function typeOf({ profile }: SurveyedTable, column: string): string | undefined {
  return profile.columns.find(({ name }) => name === column)?.type.kind
}
