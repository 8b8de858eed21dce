import { isUtf8 } from 'node:buffer'
import { relative } from 'node:path'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { readStart } from '../../formats/bytes/open-text.ts'
import { examineFile } from '../../formats/examine-file.ts'
import { resolveFormat } from '../../formats/resolve-format.ts'
import type { ScanOptions } from '../../formats/scan-options.ts'
import { stagePart } from '../../formats/stage-part.ts'
import type { StagedPart } from '../../formats/staged-part.ts'
import { FILE_NUMBER, profileRelation } from './profile-relation.ts'
import type { TableProfile } from './table-profile.ts'

/** A table as its files show it. */
export interface ProfiledFiles extends TableProfile {
  /** What the pipeline must say for the files to be read as they were here. */
  readonly options: Pick<ScanOptions, 'encoding' | 'columns'>
  /** Records that cannot be read, which loading will put into quarantine. */
  readonly rejected: number
  /** SQL that may stand in FROM, for as long as the session lasts. */
  readonly from: string
}

/** So many times a column's type is widened until its values fit. */
const ATTEMPTS = 4
const SAMPLE = 1 << 20

/**
 * Reads the files of one table into a session as loading would, and profiles them together. A column whose type does not
 * fit all of its values is declared as a wider one. `name` must be unlike that of other tables of the session.
 */
export async function profileFiles(
  executor: Executor,
  files: readonly string[],
  name: string,
): Promise<ProfiledFiles> {
  const encoding = await encodingOf(files)
  let columns: Readonly<Record<string, LogicalType>> = {}
  for (let attempt = 1; ; attempt++) {
    const options: ScanOptions = { encoding, columns }
    const parts: StagedPart[] = []
    for (const [index, file] of files.entries()) {
      const { scan, records } = await examineFile(executor, file, options)
      const part = { origin: relative(process.cwd(), file), records, scan }
      parts.push(await stagePart(executor, part, file, { table: `${name}_${index}` }))
    }
    const wider = { ...columns, ...widened(parts), ...(await refused(executor, parts)) }
    const settled = Object.keys(wider).length === Object.keys(columns).length && same(wider, columns)
    if (!settled && attempt < ATTEMPTS) {
      columns = wider
      continue
    }
    const fields = allFields(parts)
    const from = `(${parts.map((part, index) => select(part, index)).join(' union all by name ')})`
    const profile = await profileRelation(executor, from, fields)
    const rejected = parts.reduce((sum, part) => sum + part.rejects.rows, 0)
    return { ...profile, options: { encoding, columns }, rejected, from }
  }
}

const { identifier } = duckDbDialect

function select({ from, fields }: StagedPart, index: number): string {
  const columns = fields.map(({ name }) => identifier(name))
  return `select ${[...columns, `${index} as ${FILE_NUMBER}`].join(', ')} from ${from}`
}

function allFields(parts: readonly StagedPart[]): readonly Field[] {
  const fields = new Map<string, Field>()
  for (const field of parts.flatMap((part) => part.fields)) {
    if (!fields.has(field.name)) fields.set(field.name, field)
  }
  return [...fields.values()]
}

/** Types for columns that files disagree on. */
function widened(parts: readonly StagedPart[]): Readonly<Record<string, LogicalType>> {
  const types: Record<string, LogicalType> = {}
  const first = new Map<string, LogicalType>()
  for (const { name, type } of parts.flatMap((part) => part.fields)) {
    const before = first.get(name)
    if (before === undefined) first.set(name, type)
    else if (!same(before, type)) types[name] = isNumber(before) && isNumber(type) ? DOUBLE : TEXT
  }
  return types
}

/** Types for columns with values that theirs does not fit: the next wider one. */
async function refused(
  executor: Executor,
  parts: readonly StagedPart[],
): Promise<Readonly<Record<string, LogicalType>>> {
  const types: Record<string, LogicalType> = {}
  for (const { rejects, fields } of parts.filter((part) => part.rejects.rows > 0)) {
    const reasons = await executor.rows(`select distinct reason from ${rejects.from}`)
    for (const { reason } of reasons) {
      const column = /^column (.*): cannot be read as /s.exec(String(reason))?.[1]
      const type = fields.find((field) => field.name === column)?.type
      if (column !== undefined && type !== undefined) types[column] = type.kind === 'int64' ? DOUBLE : TEXT
    }
  }
  return types
}

/** Formats whose encoding nothing in the file says. */
const PLAIN_TEXT: ReadonlySet<string> = new Set(['csv', 'tsv', 'json', 'ndjson'])

const TEXT: LogicalType = { kind: 'text' }
const DOUBLE: LogicalType = { kind: 'float64' }

function isNumber({ kind }: LogicalType): boolean {
  return kind === 'int64' || kind === 'float64'
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The encoding to declare: none for UTF-8 and what marks itself, else the one that Western programs most often write. */
async function encodingOf(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    if (!PLAIN_TEXT.has(resolveFormat(file, {}))) continue
    const start = await readStart(file, 'none', SAMPLE)
    const binary = start.subarray(0, 4).some((byte, index) => byte < 0x09 || (index < 2 && byte >= 0xfe))
    if (binary || start[0] === 0x1f) continue
    // The sample may end within a character of up to four bytes.
    const whole = start.length < SAMPLE ? [0] : [0, 1, 2, 3]
    if (!whole.some((cut) => isUtf8(start.subarray(0, start.length - cut)))) return 'windows-1252'
  }
  return undefined
}
