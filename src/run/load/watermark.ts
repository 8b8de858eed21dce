import type { Executor } from '../../engines/engine.ts'
import type { SchemaFit } from './fit-schema.ts'
import { moment } from './moment.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * Rows that are later than the source's greatest lateness: their event time is that much before the newest one in
 * the table. Asked before the rows are applied; 0 where the pipeline declares no lateness.
 * @param rows a SELECT of the rows about to be applied
 */
export async function countLate(
  executor: Executor,
  load: StreamLoad,
  rows: string,
  tableExists: boolean,
): Promise<number> {
  const { eventTime, maxLatenessHours } = load.pipeline.extract
  if (eventTime === undefined || maxLatenessHours === undefined || !tableExists) return 0
  const { dialect } = load.engine
  const newest = await greatest(executor, load, eventTime)
  if (newest === null) return 0
  const bound = new Date(inUtc(newest) - maxLatenessHours * 3_600_000).toISOString()
  const [row] = await executor.rows(
    `select count(*) as n from (${rows}) as _ww_timed where ${dialect.identifier(eventTime)} < ${moment(dialect, bound)}`,
  )
  return Number(row?.['n'] ?? 0)
}

/** The greatest incremental key, else event time, in the table now; null where the pipeline names neither. */
export async function newWatermark(
  executor: Executor,
  load: StreamLoad,
  fit: SchemaFit,
): Promise<string | null> {
  const key = load.pipeline.extract.incrementalKey ?? load.pipeline.extract.eventTime
  if (key === undefined || !fit.fields.some((field) => field.name === key)) return null
  return greatest(executor, load, key)
}

async function greatest(executor: Executor, load: StreamLoad, column: string): Promise<string | null> {
  const { dialect } = load.engine
  const [row] = await executor.rows(
    `select max(${dialect.identifier(column)}) as greatest from ${dialect.relation(load.target)}`,
  )
  const value = row?.['greatest'] ?? null
  return value === null ? null : String(value)
}

/** Times without a zone are UTC; JavaScript would take those with a clock for local ones. */
function inUtc(text: string): number {
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text)
}
