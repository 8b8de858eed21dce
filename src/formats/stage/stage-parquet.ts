import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import { duckDbTypeName } from '../../engines/duckdb/duckdb-types.ts'
import type { Executor } from '../../engines/engine.ts'
import { DEFECTS, type ParquetScan } from '../file-scan.ts'
import { parquetFields } from '../parquet/parquet-fields.ts'
import { RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { faithfulReading } from './faithful.ts'
import { misfitsOf } from './stage-raw.ts'
import { NO_REJECTS } from './temporary.ts'

const { identifier, literal } = duckDbDialect

/**
 * Stages a Parquet file in place: nothing is copied, the file is read by the loading statement itself. Where the
 * wanted type of a column is not the file's, values that do not survive the way there and back are rejected.
 */
export async function stageParquet(
  executor: Executor,
  file: string,
  scan: ParquetScan,
  fields: readonly Field[],
  keepMisfits: boolean,
): Promise<StagedPart> {
  const columns = await parquetFields(executor, file)
  const own = new Map(columns.map(({ field }) => [field.name, field.type]))
  const expressions = new Map(columns.map(({ field, sql }) => [field.name, sql]))
  const casts = fields.filter(({ name, type }) => !sameType(type, own.get(name) ?? type))
  const source = (name: string) => expressions.get(name) ?? identifier(name)
  const list = fields.map(({ name }) => `${source(name)} as ${identifier(name)}`)
  if (scan.defects !== undefined) list.push(identifier(DEFECTS))
  const numbered = (select: readonly string[]) =>
    `(select ${[...select, `file_row_number + 1 as ${RECORD_NUMBER}`].join(', ')}` +
    ` from read_parquet(${literal(file)}, file_row_number = true))`
  const from = numbered(list)
  if (casts.length === 0 && scan.defects === undefined) {
    const rows = await counted(
      executor,
      `select count(*) as good, 0 as bad from read_parquet(${literal(file)})`,
    )
    return { from, fields, rows: rows.good, rejects: { from: `(${NO_REJECTS})`, rows: 0 } }
  }
  const readings = casts.map(({ name, type }) => castReading(identifier(name), own.get(name)!, type))
  const cells = keepMisfits ? casts.map((_, index) => `_ww_misfit_${index}`) : []
  const defects = (keepMisfits ? [] : casts).map(
    ({ name, type }, index) =>
      `case when ${readings[index]!.lossy} then ${literal(`column ${name}: cannot be read as ${logicalTypeName(type)}`)} end`,
  )
  const noted = scan.defects === undefined ? undefined : identifier(DEFECTS)
  if (noted !== undefined) defects.push(`${noted} ->> 'reason'`)
  const texts = cells.map(
    (cell, index) =>
      `case when ${readings[index]!.lossy} then ${identifier(casts[index]!.name)}::varchar end as ${cell}`,
  )
  const reason = defects.length === 0 ? 'null::varchar' : `nullif(concat_ws('; ', ${defects.join(', ')}), '')`
  const judged = `(select ${['*', ...texts].join(', ')}, ${reason} as _ww_reason from ${from})`
  const cast = new Map(
    casts.map(({ name }, index) => {
      const { value, lossy } = readings[index]!
      return [name, keepMisfits ? `case when not (${lossy}) then ${value} end` : value]
    }),
  )
  const out = fields.map(({ name }) => `${cast.get(name) ?? identifier(name)} as ${identifier(name)}`)
  const values = fields.flatMap(({ name }) => [literal(name), `${identifier(name)}::varchar`])
  const read = `json_object(${values.join(', ')})`
  const payload =
    noted === undefined
      ? read
      : `coalesce(${noted} ->> 'payload', json_merge_patch(${read}, coalesce(${noted} -> 'values', '{}'::json))::varchar)`
  const place = (key: string) =>
    `${noted === undefined ? 'null' : `(${noted} ->> '${key}')`}::bigint as ${key}`
  const rows = await counted(
    executor,
    `select count(*) filter (_ww_reason is null) as good, count(_ww_reason) as bad from ${judged}`,
  )
  const good = `(select ${[...out, ...cells, RECORD_NUMBER].join(', ')} from ${judged} where _ww_reason is null)`
  return {
    from: good,
    fields,
    rows: rows.good,
    rejects: {
      from:
        `(select ${RECORD_NUMBER} as record, ${place('line')}, ${place('byte')}, _ww_reason as reason,` +
        ` ${payload}::varchar as payload from ${judged} where _ww_reason is not null)`,
      rows: rows.bad,
    },
    misfits: await misfitsOf(executor, good, casts, cells),
  }
}

function castReading(column: string, from: LogicalType, to: LogicalType): { value: string; lossy: string } {
  if (to.kind === 'text') return { value: `${column}::varchar`, lossy: 'false' }
  if (from.kind === 'text' || from.kind === 'json') {
    const reading = faithfulReading(to)
    const value = reading.value(column)
    return { value, lossy: reading.unfaithful(column, value) }
  }
  const value = `try_cast(${column} as ${duckDbTypeName(to)})`
  const back = `try_cast(${value} as ${duckDbTypeName(from)})`
  return { value, lossy: `${column} is distinct from ${back}` }
}

function sameType(a: LogicalType, b: LogicalType): boolean {
  return logicalTypeName(a) === logicalTypeName(b)
}

async function counted(executor: Executor, sql: string): Promise<{ good: number; bad: number }> {
  const [row] = await executor.rows(sql)
  return { good: Number(row?.['good']), bad: Number(row?.['bad']) }
}
