import type { Executor } from '../../engines/engine.ts'
import { type Pipeline, readsRows } from '../../project/pipeline.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { DROPPED } from './drop-rows.ts'
import type { SchemaFit } from './fit-schema.ts'
import { DUPLICATE, FATE, ROW, ROWS_PER_PART } from './load-columns.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * Of rows to be appended, lists as duplicates those that the table has already, or that an earlier part of the load
 * brings as well, and returns their number: incremental reads of tables begin at or below the watermark, so that rows
 * committed late are found, and read others again.
 *
 * A row is known by its merge keys and its incremental key, or where there are no merge keys by all of its values. Rows
 * wholly alike lie in one part, for parts are ranges of the key: as many stay as the part that has most of them brings. An API
 * or a tap may tell a record twice: of rows with merge keys that are wholly alike one stays.
 * @param from the rows that go on, as they leave `judged`
 */
export async function dropKnownRows(
  executor: Executor,
  load: StreamLoad,
  judged: Transformation,
  fit: SchemaFit,
  from: string,
  tableExists: boolean,
): Promise<number> {
  const { dialect } = load.engine
  const { extract, load: target } = load.pipeline
  const { identifier } = dialect
  const key = extract.incrementalKey
  const shared = fit.fields.map((field) => field.name).filter((name) => judged.columns.includes(name))
  const stated = [...target.mergeKeys, ...(key === undefined ? [] : [key])]
  const identity = target.mergeKeys.length > 0 ? shared.filter((name) => stated.includes(name)) : shared
  const list = identity.map(identifier).join(', ')
  const least = key !== undefined && shared.includes(key) ? identifier(key) : undefined
  const window =
    least === undefined
      ? ''
      : ` where ${least} is null or ${least} >= (select min(${least}) from ${from} as _ww_least)`
  const there = tableExists
    ? ` union all select 0 as side, 0 as ${ROW}, 0 as part, 1 as copy, ${list} from ${dialect.relation(load.target)}${window}`
    : ''
  const part = `cast(floor(${ROW} / ${ROWS_PER_PART}) as ${dialect.typeName({ kind: 'int32' })})`
  const copy =
    tellsRecords(load.pipeline) && target.mergeKeys.length > 0
      ? `row_number() over (partition by ${part}, ${shared.map(identifier).join(', ')} order by ${ROW})`
      : '1'
  return executor.execute(
    `insert into ${DROPPED} (${ROW}, ${FATE}) select ${ROW}, '${DUPLICATE}' from (
  select side, ${ROW}, copy, place, known, row_number() over (partition by ${list}, side, place order by ${ROW}) as turn from (
    select side, ${ROW}, copy, ${list}, row_number() over (partition by ${list}, side, part order by ${ROW}) as place,
      count(*) filter (where side = 0) over (partition by ${list}) as known
    from (
      select 1 as side, ${ROW}, ${part} as part, ${copy} as copy, ${list} from ${from} as _ww_arrived${there}
    ) as _ww_both) as _ww_placed) as _ww_turns
where side = 1 and (place <= known or turn > 1 or copy > 1)`,
  )
}

/** Whether rows may arrive that an earlier load appended, an earlier read landed, or this one has already. */
export function mayBringKnownRows({ pipeline, resumed }: StreamLoad, tableExists: boolean): boolean {
  const { extract, load } = pipeline
  if (!readsRows(extract) || extract.strategy !== 'incremental' || load.strategy !== 'append') return false
  return tableExists || resumed === true || (tellsRecords(pipeline) && load.mergeKeys.length > 0)
}

/** Whether the source tells records one by one, in pages or messages, rather than the rows of one moment. */
function tellsRecords({ extract }: Pipeline): boolean {
  return extract.api !== undefined || extract.tap !== undefined
}
