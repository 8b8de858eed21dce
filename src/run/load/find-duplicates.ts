import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { DedupeRule } from './compile-transform.ts'
import { PART, RECORD } from './load-columns.ts'

/** Where the rows that a dedupe rule drops are listed, by part and record. */
export const DUPLICATES = '_ww_duplicates'

/**
 * Lists in a temporary table the rows that dedupe rules drop, each rule judging what the ones before it left;
 * returns how many. Of rows alike the one with the greatest `latestBy` stays, else the last in source order.
 * @param from SQL that may stand in FROM: the rows that go on, with part and record
 */
export async function findDuplicates(
  executor: Executor,
  dialect: Dialect,
  from: string,
  columns: readonly string[],
  rules: readonly DedupeRule[],
): Promise<number> {
  const whole = dialect.typeName({ kind: 'int64' })
  await executor.execute(`create temporary table ${DUPLICATES} (${PART} ${whole}, ${RECORD} ${whole})`)
  let dropped = 0
  for (const rule of rules) {
    const keys = (rule.keys.length > 0 ? rule.keys : columns).map((key) => dialect.identifier(key))
    const latest = rule.latestBy === undefined ? [] : [`${dialect.identifier(rule.latestBy)} desc nulls last`]
    const order = [...latest, `${PART} desc`, `${RECORD} desc`].join(', ')
    const rank = `row_number() over (partition by ${keys.join(', ')} order by ${order})`
    dropped += await executor.execute(
      `insert into ${DUPLICATES} select ${PART}, ${RECORD}
from (select ${PART}, ${RECORD}, ${rank} as _ww_rank from ${withoutDuplicates(from)} as _ww_unique) as _ww_ranked
where _ww_rank > 1`,
    )
  }
  return dropped
}

/** The rows of `from` that are not listed as duplicates. */
export function withoutDuplicates(from: string): string {
  return `(select * from ${from} as _ww_all where not exists (select 1 from ${DUPLICATES} as _ww_dropped
 where _ww_dropped.${PART} = _ww_all.${PART} and _ww_dropped.${RECORD} = _ww_all.${RECORD}))`
}
