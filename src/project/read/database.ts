import { cronProblem } from '../cron.ts'
import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { DatabaseExtract, KeyLag, TablePattern, TableSource } from '../pipeline.ts'
import { asList } from '../schema/fields.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import type { TableEntry } from '../schema/table-entry.ts'
import { readColumnTypes } from './column-types.ts'
import { isPattern, parseTableName, streamName } from './table-name.ts'

const DEFAULT_CHUNK_ROWS = 500_000

/**
 * What a pipeline reads of a database: its tables as named, and patterns still to be matched with the source.
 * @param ownSchema the schema of tables that are named without one; `public` unless given
 */
export function readDatabase(
  { name, extract }: PipelineEntry,
  connection: string,
  ownSchema: string | undefined,
  origin: Origin,
  intake: Intake,
): DatabaseExtract | undefined {
  if (extract.tables === undefined) return undefined
  const at = (...path: (string | number)[]): Origin => ({
    file: origin.file,
    path: [...origin.path, 'extract', ...path],
  })
  const given = typeof extract.tables === 'string' ? [extract.tables] : extract.tables
  const tables = new Map<string, TableSource>()
  const patterns: TablePattern[] = []
  for (const [index, item] of given.entries()) {
    const place = typeof extract.tables === 'string' ? at('tables') : at('tables', index)
    const entry: TableEntry = typeof item === 'string' ? { table: item } : item
    const named = parse(entry.table, ownSchema, place, intake)
    if (named === undefined) continue
    if (isPattern(named)) {
      if (typeof item !== 'string') {
        intake.error('WW1006', place, {
          message: `"${entry.table}" is a pattern, and an entry with options names one table`,
          hint: 'Write patterns as plain texts.',
        })
      }
      patterns.push(named)
      continue
    }
    const table = entry.as ?? streamName(named.name)
    const other = tables.get(table)
    if (other !== undefined) {
      intake.error('WW1022', place, {
        message: `pipeline "${name}" fills the table "${table}" from ${other.schema}.${other.name} and ${named.schema}.${named.name}`,
        hint: 'Give one of them another name: {table: …, as: …}.',
      })
      continue
    }
    tables.set(table, {
      table,
      ...named,
      incrementalKey: entry.incremental_key,
      mergeKeys: entry.merge_keys === undefined ? undefined : asList(entry.merge_keys),
      columns: readColumnTypes(entry.columns ?? {}, { ...place, path: [...place.path, 'columns'] }, intake),
    })
  }
  return {
    connection,
    tables: [...tables.values()],
    patterns,
    exclude: asList(extract.exclude).flatMap((text) => parse(text, ownSchema, at('exclude'), intake) ?? []),
    columns: readColumnTypes(extract.columns ?? {}, at('columns'), intake),
    chunkRows: extract.chunk_rows ?? DEFAULT_CHUNK_ROWS,
    lag: readLag(extract.lag, at('lag'), intake),
    onNullKey: extract.on_null_key ?? 'raise',
    reconcile: readReconcile(extract.reconcile, at('reconcile', 'schedule'), intake),
  }
}

function parse(
  text: string,
  ownSchema: string | undefined,
  origin: Origin,
  intake: Intake,
): TablePattern | undefined {
  const name = parseTableName(text, ownSchema)
  if (name === undefined) {
    intake.error('WW1006', origin, {
      message: `"${text}" names no table`,
      hint: 'Write orders, sales.orders, sales.* or "My Schema"."Order Details".',
    })
  }
  return name
}

function readLag(given: string | number | undefined, origin: Origin, intake: Intake): KeyLag | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'number') return { kind: 'number', amount: given }
  const hours = parseHours(given)
  if (hours === undefined) intake.error('WW1024', origin, { message: `"${given}" is not a duration` })
  return { kind: 'time', hours: hours ?? 0 }
}

function readReconcile(
  given: PipelineEntry['extract']['reconcile'],
  origin: Origin,
  intake: Intake,
): DatabaseExtract['reconcile'] {
  const problem = given === undefined ? undefined : cronProblem(given.schedule)
  if (problem !== undefined) intake.error('WW1023', origin, { message: `the schedule ${problem}` })
  return given
}
