import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { sniffFile } from '../formats/sniff-file.ts'
import type { Key } from './choose-key.ts'
import { type FileGroup, groupFiles } from './group-files.ts'
import { isInternal } from './reserved-column.ts'
import { type StarterFile, starterFiles } from './starter-files.ts'
import type { StarterTable } from './starter-table.ts'
import { type SurveyedTable, settle, survey } from './survey.ts'

export interface StarterRequest {
  readonly name: string
  /** What the tables' source is called. */
  readonly source: string
  /** The project folder, absolute. */
  readonly root: string
  /** Data files, absolute. */
  readonly files: readonly string[]
}

export interface StarterHooks {
  /** Told before a table's files are read. */
  looking?(group: FileGroup): void
  /** Told of a file that cannot be read and is left out. */
  unreadable?(file: string, error: WaterworksError): void
  /** Asked for the key of a table; what it gives is taken. */
  settleKey?(table: SurveyedTable): Promise<Key | undefined>
}

export interface Starter {
  readonly tables: readonly StarterTable[]
  readonly files: readonly StarterFile[]
}

/**
 * A project for the data files, as text: nothing is written. `executor` is a session of an embedded DuckDB, in which the
 * files are read as loading would read them. Throws what is wrong with the first file when none can be read.
 */
export async function makeStarter(
  executor: Executor,
  request: StarterRequest,
  hooks: StarterHooks = {},
): Promise<Starter> {
  const readable = new Map<string, string>()
  let failure: WaterworksError | undefined
  for (const file of request.files) {
    try {
      const { fields } = await sniffFile(executor, file, {})
      if (fields.length === 0) throw unusable('it has no columns')
      const internal = fields.find(({ name }) => isInternal(name))
      if (internal !== undefined)
        throw unusable(`it has a column ${internal.name}, a name the platform needs`)
      readable.set(file, JSON.stringify(fields.map((field) => field.name)))
    } catch (error) {
      if (!(error instanceof WaterworksError)) throw error
      failure ??= error
      hooks.unreadable?.(file, error)
    }
  }
  if (readable.size === 0 && failure !== undefined) throw failure
  const groups = await groupFiles(
    [...readable.keys()],
    request.root,
    async (file) => readable.get(file) ?? '',
  )
  const surveyed: SurveyedTable[] = []
  for (const [index, group] of groups.entries()) {
    hooks.looking?.(group)
    surveyed.push(await survey(executor, group, index))
  }
  const keyed: SurveyedTable[] = []
  for (const table of surveyed) {
    keyed.push(hooks.settleKey === undefined ? table : { ...table, key: await hooks.settleKey(table) })
  }
  const tables = await settle(executor, keyed, request.source)
  return { tables, files: starterFiles(request.name, tables, await reservedWords(executor)) }
}

function unusable(message: string): WaterworksError {
  return new WaterworksError('WW4002', { message })
}

/** Words that are no names unless they are quoted. */
export async function reservedWords(executor: Executor): Promise<ReadonlySet<string>> {
  const rows = await executor.rows(
    "select keyword_name as word from duckdb_keywords() where keyword_category <> 'unreserved'",
  )
  return new Set(rows.map(({ word }) => String(word)))
}
