import type { LogicalType } from '../../batch/logical-type.ts'
import { parseScan } from '../../landing/manifest.ts'
import { findClash, type NameClash } from '../../naming/find-clash.ts'
import type { IncomingChild } from './incoming.ts'
import type { KnownColumn, KnownShape } from './known-shape.ts'
import { LoadHeld } from './load-held.ts'
import type { StreamLoad } from './stream-load.ts'
import { LOADS } from './warehouse-tables.ts'

interface SourceName {
  readonly name: string
  readonly source: readonly string[]
}

/**
 * Holds a load in which two names of the source would be one column, or one would be the column that another name became
 * in an earlier load (WW4451).
 * @param tableTypes the columns of the stream's table, where it exists
 */
export async function refuseNameClashes(
  load: StreamLoad,
  tableTypes: ReadonlyMap<string, LogicalType>,
  columns: readonly SourceName[],
  children: readonly IncomingChild[],
  known: KnownShape,
): Promise<void> {
  const { target, engine } = load
  const folds = !engine.capabilities.caseSensitiveNames
  const check = (table: string, own: readonly SourceName[], before: readonly KnownColumn[]) => {
    const clash = findClash([...before.map(ofKnown), ...own.map(ofNew)], folds)
    if (clash !== undefined) throw refused(table, clash)
  }
  const tables = [...known.children, ...children].map(({ relation, path }) => ({
    source: path.join('.'),
    column: relation.name,
  }))
  const twoLists = findClash(tables, folds)
  if (twoLists !== undefined) throw refused(twoLists.column, twoLists)
  check(target.name, columns, known.columns)
  for (const { path, relation, fields } of children) {
    const before = known.children.find((child) => child.path.join('\0') === path.join('\0'))
    const own = fields.map(({ name, keys }) => ({ name, source: keys }))
    check(relation.name, own, before?.columns ?? [])
  }
  const remembered = new Set(known.columns.map(({ column }) => column))
  const taken = columns.filter(
    ({ name, source }) =>
      !remembered.has(name) && tableTypes.has(name) && (source.length > 1 || source[0] !== name),
  )
  if (taken.length === 0) return
  const names = await loadedNames(load)
  const plain = taken.find(({ name }) => names.has(name))
  if (plain === undefined) return
  throw refused(target.name, { column: plain.name, one: plain.name, other: plain.source.join('.') })
}

function ofKnown({ column, source }: KnownColumn) {
  return { source: textOf(source), column }
}

function ofNew({ name, source }: SourceName) {
  return { source: textOf(source), column: name }
}

/** An element that is no object has no keys. */
function textOf(source: readonly string[]): string {
  return source.length === 0 ? '[]' : source.join('.')
}

/** The names that the source's own columns had in all loads that are recorded. */
async function loadedNames({ session, engine, pipeline, stream }: StreamLoad): Promise<ReadonlySet<string>> {
  const { relation, parameter } = engine.dialect
  const rows = await session.rows(
    `select distinct scan from ${relation(LOADS)} where pipeline = ${parameter(1)} and stream = ${parameter(2)}`,
    [pipeline.name, stream],
  )
  const scans = rows.map((row) => parseScan(String(row['scan']), stream))
  return new Set(scans.flatMap(({ fields }) => fields.map(({ name }) => name)))
}

function refused(table: string, { column, one, other }: NameClash): LoadHeld {
  return new LoadHeld(
    `WW4451 the names "${one}" and "${other}" of the source would both be ${column} in ${table} (rename one at the source, load with names: as_found, or keep one as JSON with nested: {paths: …})`,
  )
}
