import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Dialect } from '../../engines/dialect.ts'
import { type Reader, readRows } from '../../owner/reader.ts'
import { LOADS, TREATMENTS } from '../../run/load/warehouse-tables.ts'
import { withReader } from './open-reader.ts'
import { relationExists } from './relation-exists.ts'
import type { Workspace } from './workspace.ts'

/** What the warehouse has of streams, by `streamKey`. */
export interface Loaded {
  /** Content hashes. */
  readonly contents: ReadonlyMap<string, ReadonlySet<string>>
  /** How personal data was treated. */
  readonly treatments: ReadonlyMap<string, string>
}

const NOTHING_LOADED: Loaded = { contents: new Map(), treatments: new Map() }

export const streamKey = (pipeline: string, stream: string): string => JSON.stringify([pipeline, stream])

/** Asks the warehouse what it has; throws what the engine has against being asked. */
export async function loadedContents(workspace: Workspace): Promise<Loaded> {
  const { target, project, dialect } = workspace
  if (target.type === 'duckdb' && !existsSync(resolve(project.root, target.path))) return NOTHING_LOADED
  return withReader(workspace, async (reader: Reader) => {
    if (!(await relationExists(reader, LOADS))) return NOTHING_LOADED
    const rows = await readRows(
      reader,
      `select pipeline, stream, content_hash from ${dialect.relation(LOADS)} where status <> 'replayed'`,
    )
    const groups = Map.groupBy(rows, (row) => streamKey(String(row['pipeline']), String(row['stream'])))
    const contents = new Map(
      [...groups].map(([id, list]) => [id, new Set(list.map((row) => String(row['content_hash'])))]),
    )
    return { contents, treatments: await recordedTreatments(reader, dialect) }
  })
}

async function recordedTreatments(reader: Reader, dialect: Dialect): Promise<Loaded['treatments']> {
  if (!(await relationExists(reader, TREATMENTS))) return new Map()
  const rows = await readRows(
    reader,
    `select pipeline, stream, treatment from ${dialect.relation(TREATMENTS)}`,
  )
  return new Map(
    rows.map((row) => [streamKey(String(row['pipeline']), String(row['stream'])), String(row['treatment'])]),
  )
}
