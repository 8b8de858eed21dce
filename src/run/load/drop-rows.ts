import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { DedupeRule, Transformation } from './compile-transform.ts'
import { FATE, FILTERED, ROW } from './load-columns.ts'

/** Rows that do not go on, by number, with their fate. A temporary table of the load's session. */
export const DROPPED = '_ww_dropped'
export const DUPLICATE = 'duplicate'

export interface DroppedRows {
  readonly filtered: number
  readonly deduplicated: number
  /** Rejected rows by reason. */
  readonly reasons: Readonly<Record<string, number>>
}

export const NONE_DROPPED: DroppedRows = Object.freeze({ filtered: 0, deduplicated: 0, reasons: {} })

/**
 * Lists the rows that are filtered or rejected, and then the duplicates among the others, each counted as it is
 * listed: whatever reads the load afterwards leaves these few out instead of judging every row again.
 */
export async function dropRows(
  executor: Executor,
  dialect: Dialect,
  judged: Transformation,
  rules: readonly DedupeRule[],
): Promise<DroppedRows> {
  const whole = dialect.typeName({ kind: 'int64' })
  const text = dialect.typeName({ kind: 'text' })
  await executor.execute(`create temporary table ${DROPPED} (${ROW} ${whole}, ${FATE} ${text})`)
  if (judged.judged) {
    await executor.execute(
      `insert into ${DROPPED} select ${ROW}, ${FATE} from ${judged.from} as _ww_judged where ${FATE} is not null`,
    )
  }
  const fates = await executor.rows(`select ${FATE} as fate, count(*) as n from ${DROPPED} group by 1`)
  const counts = new Map(fates.map((row) => [String(row['fate']), Number(row['n'])]))
  let deduplicated = 0
  for (const rule of rules) {
    const left = survivors(judged.from, counts.size > 0 || deduplicated > 0)
    deduplicated += await dropDuplicates(executor, dialect, left, rule)
  }
  const reasons = Object.fromEntries([...counts].filter(([fate]) => fate !== FILTERED))
  return { filtered: counts.get(FILTERED) ?? 0, deduplicated, reasons }
}

/**
 * Of rows alike the one with the greatest `latestBy` stays, else the last in source order. Only rows whose keys share
 * their hash with another row's are ranked: most loads have few of those, and counting hashes takes a fraction of what
 * sorting every row does.
 */
function dropDuplicates(
  executor: Executor,
  dialect: Dialect,
  from: string,
  rule: DedupeRule,
): Promise<number> {
  const keys = rule.keys.map((key) => dialect.identifier(key))
  const hash = dialect.hash(keys)
  const shared = `select ${hash} from ${from} as _ww_hashed group by 1 having count(*) > 1`
  const latest = rule.latestBy === undefined ? [] : [`${dialect.identifier(rule.latestBy)} desc nulls last`]
  const rank = `row_number() over (partition by ${keys.join(', ')} order by ${[...latest, `${ROW} desc`].join(', ')})`
  return executor.execute(
    `insert into ${DROPPED} select ${ROW}, '${DUPLICATE}'
from (select ${ROW}, ${rank} as _ww_rank from ${from} as _ww_unique where ${hash} in (${shared})) as _ww_ranked
where _ww_rank > 1`,
  )
}

/** The rows of `from` that go on; `from` itself where none was dropped. */
export function survivors(from: string, anyDropped: boolean): string {
  if (!anyDropped) return from
  return `(select * from ${from} as _ww_all where not exists (select 1 from ${DROPPED} as _ww_gone
 where _ww_gone.${ROW} = _ww_all.${ROW}))`
}

/** SQL that may stand in FROM: number and fate of the rejected rows. */
export function rejectedRows(): string {
  return `(select * from ${DROPPED} where ${FATE} not in ('${FILTERED}', '${DUPLICATE}'))`
}
