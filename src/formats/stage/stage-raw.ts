import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { NO_BYTE, NO_LINE } from '../records/decoded-record.ts'
import { type Misfits, RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { type FaithfulReading, faithfulReading } from './faithful.ts'
import { rawColumn } from './raw-batches.ts'
import { rejectsTable, temporary } from './temporary.ts'

const { identifier, literal } = duckDbDialect

/**
 * Loads raw records into a temporary table and parts them into rows, each value read faithfully as its field's
 * type, and rejects: those that came malformed, and those with a value that cannot be read so.
 */
export async function stageRaw(
  executor: Executor,
  batches: AsyncIterable<Batch>,
  fields: readonly Field[],
  table: string,
  { beforeTyping, keepMisfits = false }: RawOptions = {},
): Promise<StagedPart> {
  const raw = { name: `${table}_raw` }
  const columns = fields.map((_, index) => `${rawColumn(index)} varchar`)
  await executor.execute(
    `create or replace temp table ${identifier(raw.name)} (${[
      ...['record bigint', 'line bigint', 'byte bigint', 'reason varchar', 'payload varchar'],
      ...columns,
    ].join(', ')})`,
  )
  await executor.load(raw, batches)
  await beforeTyping?.(temporary(raw.name))
  const typed = typedSelect(fields, temporary(raw.name), keepMisfits)
  const list = fields.map(({ name }, index) => `v${index} as ${identifier(name)}`)
  const cells = keepMisfits ? fields.map((_, index) => misfitCell(index)) : []
  await executor.execute(
    `create or replace temp table ${identifier(table)} as` +
      ` select ${[...list, ...cells, `record as ${RECORD_NUMBER}`].join(', ')} from ${typed} where reason is null`,
  )
  await executor.execute(
    `create or replace temp table ${identifier(rejectsTable(table))} as` +
      ` select record, nullif(line, ${NO_LINE}) as line, nullif(byte, ${NO_BYTE}) as byte, reason, payload` +
      ` from ${typed} where reason is not null`,
  )
  const rows = await countRows(executor, temporary(table))
  const rejected = await countRows(executor, temporary(rejectsTable(table)))
  await executor.execute(`drop table ${temporary(raw.name)}`)
  return {
    from: `(select * from ${temporary(table)})`,
    fields,
    rows,
    rejects: { from: temporary(rejectsTable(table)), rows: rejected },
    misfits: await misfitsOf(executor, temporary(table), fields, cells),
  }
}

export interface RawOptions {
  /** Called with the raw table before its texts are read. */
  readonly beforeTyping?: (rawTable: string) => Promise<void>
  /** As `StageOptions` has it. */
  readonly keepMisfits?: boolean
}

const misfitCell = (index: number): string => `_ww_misfit_${index}`

/** Of the columns with such cells those in which there is a text. */
export async function misfitsOf(
  executor: Executor,
  from: string,
  fields: readonly Field[],
  cells: readonly string[],
): Promise<readonly Misfits[]> {
  if (cells.length === 0) return []
  const [row] = await executor.rows(
    `select ${cells.map((cell, index) => `count(${cell}) as n${index}`).join(', ')} from ${from}`,
  )
  return fields.flatMap(({ name }, index) =>
    Number(row?.[`n${index}`]) > 0 ? [{ column: name, cell: cells[index]! }] : [],
  )
}

export async function countRows(executor: Executor, from: string): Promise<number> {
  const [row] = await executor.rows(`select count(*) as n from ${from}`)
  return Number(row?.['n'])
}

/** Values as v0, v1, …; the reason and payload of a malformed record, or of one with a value that cannot be read. */
function typedSelect(fields: readonly Field[], raw: string, keepMisfits: boolean): string {
  const readings = fields.map(({ type }) => faithfulReading(type))
  const values = readings.map((reading, index) => `${reading.value(rawColumn(index))} as v${index}`)
  const defects = fields.flatMap(({ name, type }, index) => {
    const unfaithful = readings[index]!.unfaithful(rawColumn(index), `v${index}`)
    if (unfaithful === 'false') return []
    return [
      `case when ${unfaithful} then ${literal(`column ${name}: cannot be read as ${logicalTypeName(type)}`)} end`,
    ]
  })
  if (keepMisfits) return lenientSelect(readings, values, raw)
  const defect = defects.length === 0 ? 'null' : `nullif(concat_ws('; ', ${defects.join(', ')}), '')`
  const payload = `json_object(${fields.flatMap(({ name }, i) => [literal(name), rawColumn(i)]).join(', ')})::varchar`
  return (
    `(select * exclude (reason, payload), coalesce(reason, defect) as reason,` +
    ` case when reason is not null then payload when defect is not null then ${payload} end as payload` +
    ` from (select *, ${defect} as defect from (select ${['*', ...values].join(', ')} from ${raw})))`
  )
}

/** As `typedSelect` has it, with NULL for a value that cannot be read, and its text beside it. */
function lenientSelect(readings: readonly FaithfulReading[], values: readonly string[], raw: string): string {
  const cells = readings.map((reading, index) => {
    const unfaithful = reading.unfaithful(rawColumn(index), `v${index}`)
    return `case when ${unfaithful} then ${rawColumn(index)} end as ${misfitCell(index)}`
  })
  const replaced = readings.map(
    (_, index) => `case when ${misfitCell(index)} is null then v${index} end as v${index}`,
  )
  return (
    `(select * replace (${replaced.join(', ')})` +
    ` from (select ${['*', ...cells].join(', ')} from (select ${['*', ...values].join(', ')} from ${raw})))`
  )
}
