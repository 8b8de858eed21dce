import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import type { Connector } from '../../connectors/connector.ts'
import { widerType } from '../../drift/wider-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { FileScan } from '../../formats/file-scan.ts'
import { stagePart } from '../../formats/stage-part.ts'
import { LandingZone } from '../../landing/landing-zone.ts'
import { KeyRing } from '../../privacy/key-ring.ts'
import { KnownPieces } from '../../privacy/known-pieces.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import { mayWiden, schemaChangesOf } from '../../project/schema-changes.ts'
import { commonFields } from '../../run/load/common-fields.ts'
import { type Loaded, streamKey } from './loaded-contents.ts'
import type { Workspace } from './workspace.ts'

/** Files together longer than this are not read for a plan, beyond what says which columns they have. */
const READ_AT_MOST = 64 << 20

/** A file that is landed, or is at the source, and not loaded. */
export interface WaitingFile {
  readonly file: string
  readonly origin: string
  readonly scan: FileScan
  readonly records: number
}

/** The files of a stream that are not loaded; of those that would be decoded as they land, only the columns are known. */
export async function waitingFiles(
  { project, home }: Workspace,
  pipeline: Pipeline,
  stream: string,
  connector: Connector,
  { contents }: Loaded,
): Promise<readonly WaitingFile[]> {
  const landing = new LandingZone({ directory: join(home, 'landing') })
  const has = new KnownPieces(
    contents.get(streamKey(pipeline.name, stream)) ?? [],
    new KeyRing(project.privacy.keys),
  )
  const parts = (await landing.parts(pipeline.name, stream)).filter(({ hash }) => !has.has(hash))
  const files = parts.map(({ origin, scan, records, ...part }): WaitingFile => {
    return { file: landing.dataFile({ origin, scan, records, ...part }), origin, scan, records }
  })
  const known = new KnownPieces([...has, ...parts.map(({ hash }) => hash)], new KeyRing(project.privacy.keys))
  for await (const arrival of connector.read(stream, null, known)) {
    if (arrival.kind === 'file') files.push(arrival)
  }
  return files
}

/** What waits, as loading would have it. */
export interface LookedAt {
  readonly fields: readonly Field[]
  /** Rows with a value in a column, where the table has no such column, or cannot hold it; unknown where nobody counted. */
  readonly rows: ReadonlyMap<string, number> | undefined
}

/**
 * The columns of files and their types as loading has them: the table's, where it reads the values so, or the wider ones that they would
 * become. Short files are read, in the executor's temporary tables, and tell which values are unfit; of long ones types alone tell.
 * @param table the table's own columns
 */
export async function lookAtFiles(
  files: readonly WaitingFile[],
  table: readonly Field[],
  pipeline: Pipeline,
  stream: string,
  executor: () => Promise<Executor>,
): Promise<LookedAt> {
  const mode = schemaChangesOf(pipeline.load, stream).types
  const there = new Map(table.map(({ name, type }) => [name, type]))
  const common = commonFields(files)
  const read = new Map(
    common.map(({ name, type }): readonly [string, LogicalType] => {
      const before = there.get(name)
      if (before === undefined) return [name, type]
      return [name, (mayWiden(mode) ? widerType(before, type)?.type : undefined) ?? before]
    }),
  )
  const counted = (await isShort(files)) ? await countRows(files, read, there, await executor()) : undefined
  const fields = common.map(({ name, type }): Field => {
    const taken = read.get(name)!
    const isUnfit = counted === undefined ? mayBeUnfit(type, taken) : (counted.unfit.get(name) ?? 0) > 0
    if (!there.has(name) || !isUnfit) return { name, type: taken }
    // A column whose values seemed to fit, by those that were looked at first, has others as well.
    return { name, type: logicalTypeName(type) === logicalTypeName(taken) ? { kind: 'text' } : type }
  })
  return { fields, rows: counted && new Map([...counted.fresh, ...counted.unfit]) }
}

async function isShort(files: readonly WaitingFile[]): Promise<boolean> {
  const sizes = await Promise.all(files.map(async ({ file }) => (await stat(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0) <= READ_AT_MOST
}

/** Text says nothing of whether its values fit; any other type that is not the wanted one may have values that do not. */
function mayBeUnfit(type: LogicalType, wanted: LogicalType): boolean {
  return (
    logicalTypeName(type) !== logicalTypeName(wanted) &&
    wanted.kind !== 'text' &&
    widerType(wanted, type) !== undefined
  )
}

interface Counted {
  readonly fresh: ReadonlyMap<string, number>
  readonly unfit: ReadonlyMap<string, number>
}

async function countRows(
  files: readonly WaitingFile[],
  types: ReadonlyMap<string, LogicalType>,
  there: ReadonlyMap<string, LogicalType>,
  executor: Executor,
): Promise<Counted> {
  const fresh = new Map<string, number>()
  const unfit = new Map<string, number>()
  for (const part of files) {
    const staged = await stagePart(executor, part, part.file, {
      table: '_ww_looked_at',
      types,
      keepMisfits: true,
    })
    const added = staged.fields.filter(({ name }) => !there.has(name))
    const cells = [
      ...added.map(({ name }) => ({ into: fresh, name, sql: duckDbDialect.identifier(name) })),
      ...(staged.misfits ?? []).map(({ column, cell }) => ({ into: unfit, name: column, sql: cell })),
    ]
    if (cells.length === 0) continue
    const counts = cells.map(({ sql }, index) => `count(${sql}) as n${index}`)
    const [row] = await executor.rows(`select ${counts.join(', ')} from ${staged.from} as _ww_rows`)
    for (const [index, { into, name }] of cells.entries())
      into.set(name, (into.get(name) ?? 0) + Number(row?.[`n${index}`] ?? 0))
  }
  return { fresh, unfit }
}
