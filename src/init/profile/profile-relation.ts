import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor, Row } from '../../engines/engine.ts'
import { choosePairs } from './choose-pairs.ts'
import { DATE_FORMATS } from './date-formats.ts'
import { findPersonal } from './find-personal.ts'
import type { ColumnProfile, TableProfile } from './table-profile.ts'

/** The column that says which file a row is from. */
export const FILE_NUMBER = '_ww_file'

/** A column with more values than this has no list of them. */
const FEW = 12
/** Of so many rows, the distinct values must be at least this share before they are counted exactly. */
const LIKELY_UNIQUE = 0.8

const { identifier, literal } = duckDbDialect

/**
 * Profiles `from` (SQL that may stand in FROM, with FILE_NUMBER beside the fields) in two scans whatever its number of
 * columns: one tells what is there, the other looks closer at the columns that are worth it.
 */
export async function profileRelation(
  executor: Executor,
  from: string,
  fields: readonly Field[],
): Promise<TableProfile> {
  const [row = {}] = await executor.rows(
    `select ${['count(*) as total', ...fields.flatMap(overview)].join(', ')} from ${from}`,
  )
  const rows = Number(row['total'])
  const seen = fields.map((field, index) => read(field, index, row, rows))
  const pairs = choosePairs(seen, rows)
  const asked = [
    ...seen.flatMap((column, index) => details(column, index, rows)),
    ...pairs.map(([a, b], index) => `count(distinct (${identifier(a)}, ${identifier(b)})) as p${index}`),
  ]
  if (asked.length === 0 || rows === 0) return { rows, columns: seen, pairs: [], personal: [] }
  const [closer = {}] = await executor.rows(`select ${asked.join(', ')} from ${from}`)
  return {
    rows,
    columns: seen.map((column, index) => refine(column, index, closer, rows)),
    pairs: pairs.filter((_, index) => Number(closer[`p${index}`]) === rows),
    personal: await findPersonal(executor, from, fields),
  }
}

interface Seen extends ColumnProfile {
  /** Some value of a column of texts. */
  readonly example: string | undefined
}

function isNumeric({ type }: Pick<Field, 'type'>): boolean {
  return /^(?:u?int\d+|float\d+|decimal)$/.test(type.kind)
}

function overview({ name, type }: Field, index: number): readonly string[] {
  const column = identifier(name)
  const counted = [`count(${column}) as n${index}`]
  if (type.kind !== 'json') counted.push(`approx_count_distinct(${column}) as d${index}`)
  if (isNumeric({ type })) {
    counted.push(`min(${column})::double as lo${index}`, `max(${column})::double as hi${index}`)
  }
  if (type.kind === 'text')
    counted.push(`max(length(${column})) as l${index}`, `any_value(${column}) as e${index}`)
  return counted
}

function read({ name, type }: Field, index: number, row: Row, rows: number): Seen {
  const [min, max] = [row[`lo${index}`], row[`hi${index}`]]
  const example = row[`e${index}`]
  return {
    name,
    type,
    nulls: rows - Number(row[`n${index}`]),
    distinct: Number(row[`d${index}`] ?? rows),
    unique: false,
    uniqueInEachFile: false,
    range: typeof min === 'number' && typeof max === 'number' ? { min, max } : undefined,
    longest: row[`l${index}`] == null ? undefined : Number(row[`l${index}`]),
    values: undefined,
    dateFormat: undefined,
    example: typeof example === 'string' ? example : undefined,
  }
}

function mayBeUnique({ type, nulls, distinct }: Seen, rows: number): boolean {
  const fit = /^(?:text|uuid|date|timestamp|timestamptz|u?int\d+)$/.test(type.kind)
  return fit && nulls === 0 && rows > 1 && distinct >= rows * LIKELY_UNIQUE
}

function formatsOf({ example }: Seen): readonly (typeof DATE_FORMATS)[number][] {
  return example === undefined ? [] : DATE_FORMATS.filter(({ shape }) => new RegExp(shape).test(example))
}

function details(column: Seen, index: number, rows: number): readonly string[] {
  const name = identifier(column.name)
  const asked: string[] = []
  if (mayBeUnique(column, rows)) {
    asked.push(
      `count(distinct ${name}) as u${index}`,
      `count(distinct (${FILE_NUMBER}, ${name})) as w${index}`,
    )
  } else if (column.type.kind === 'text' && column.distinct <= FEW * 2) {
    asked.push(`to_json(list_sort(list(distinct ${name}))) as v${index}`)
  }
  for (const { pattern, shape } of formatsOf(column)) {
    const fits = `regexp_matches(${name}, ${literal(shape)}) and try_strptime(${name}, ${literal(pattern)}) is not null`
    const key = DATE_FORMATS.findIndex((format) => format.pattern === pattern)
    asked.push(`count(*) filter (where ${name} is not null and not (${fits})) as f${index}_${key}`)
  }
  return asked
}

function refine(column: Seen, index: number, row: Row, rows: number): ColumnProfile {
  const { example: _example, ...profile } = column
  const fails = (pattern: string) => {
    const key = DATE_FORMATS.findIndex((format) => format.pattern === pattern)
    return row[`f${index}_${key}`] === undefined ? 1 : Number(row[`f${index}_${key}`])
  }
  const found = formatsOf(column).find(
    ({ pattern, rival }) => fails(pattern) === 0 && (rival === undefined || fails(rival) > 0),
  )
  const values = row[`v${index}`]
  return {
    ...profile,
    unique: row[`u${index}`] !== undefined && Number(row[`u${index}`]) === rows,
    uniqueInEachFile: row[`w${index}`] !== undefined && Number(row[`w${index}`]) === rows,
    values: typeof values === 'string' ? fewTexts(values) : undefined,
    dateFormat: found && { pattern: found.pattern, shape: found.shape, type: found.type },
  }
}

function fewTexts(json: string): readonly string[] | undefined {
  const values: unknown = JSON.parse(json)
  if (!Array.isArray(values)) return undefined
  const texts = values.filter((value) => typeof value === 'string')
  return texts.length <= FEW ? texts : undefined
}
