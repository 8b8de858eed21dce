import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { ADDED, ARRIVED_ROW, FOLDED, HOLDS } from '../../transform/row-columns.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { wholeFate } from '../../transform/whole-fate.ts'
import { DUPLICATE, FATE, FILTERED, ROW } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'

/** Rows that do not go on, by number, with their fate. A temporary table of the load's session. */
export const DROPPED = '_ww_dropped'

/** Doubles of one another agree on `keys` (null-safely); one of them stays. */
export interface DedupeRule {
  readonly keys: readonly string[]
  readonly latestBy: string | undefined
}

export interface DroppedRows {
  readonly filtered: number
  readonly deduplicated: number
  /** Rows that were made of others which are not rejected. */
  readonly expanded: number
  /** Rows that others stand for. */
  readonly folded: number
  /** Rejected rows, as they arrived, by reason. */
  readonly reasons: Readonly<Record<string, number>>
}

export const NONE_DROPPED: DroppedRows = Object.freeze({
  filtered: 0,
  deduplicated: 0,
  expanded: 0,
  folded: 0,
  reasons: {},
})

/**
 * Lists the rows that are filtered, rejected or doubles, and then the duplicates by `rules` among the others, each counted
 * as it is listed: whatever reads the load afterwards leaves these few out instead of judging every row again. Throws LoadHeld
 * when a row's fate is to hold the load.
 */
export async function dropRows(
  executor: Executor,
  dialect: Dialect,
  judged: Transformation,
  rules: readonly DedupeRule[],
): Promise<DroppedRows> {
  const whole = dialect.typeName({ kind: 'int64' })
  const text = dialect.typeName({ kind: 'text' })
  await executor.execute(
    `create temporary table ${DROPPED} (${ROW} ${whole}, ${FATE} ${text}, ${ARRIVED_ROW} ${whole})`,
  )
  if (judged.judged) {
    const arrived = judged.renumbered ? ARRIVED_ROW : ROW
    await executor.execute(
      `insert into ${DROPPED} select ${ROW}, ${FATE}, ${arrived} from ${fates(judged)} as _ww_judged where ${FATE} is not null`,
    )
  }
  const { filtered, doubles, reasons } = await countFates(executor, judged)
  let deduplicated = doubles
  for (const rule of rules) {
    const left = survivors(judged.from, filtered + deduplicated + Object.keys(reasons).length > 0)
    deduplicated += await dropDuplicates(executor, dialect, left, rule)
  }
  return { filtered, deduplicated, reasons, ...(await countMade(executor, judged)) }
}

/** Whether a fate is the reason of a rejection. */
const IS_REJECTED = `${FATE} not in ('${FILTERED}', '${DUPLICATE}')`

/**
 * SQL that may stand in FROM: the judged rows with their fates. Where a record became several rows it is rejected as a whole, for it
 * can only be put back as a whole; where several became one, it cannot be rejected at all.
 */
function fates(judged: Transformation): string {
  if (judged.folded) {
    const holds = `'${HOLDS}' || ${FATE} || ', in a row that stands for several'`
    const fate = `case when ${FOLDED} is not null and ${IS_REJECTED} and ${FATE} not like '${HOLDS}%' then ${holds} else ${FATE} end`
    return `(select ${ROW}, ${ARRIVED_ROW}, ${fate} as ${FATE} from ${judged.from} as _ww_folded_rows)`
  }
  if (judged.expanded)
    return `(select ${ROW}, ${ARRIVED_ROW}, ${wholeFate(ARRIVED_ROW)} as ${FATE} from ${judged.from} as _ww_pieces)`
  return judged.from
}

interface Fates {
  readonly filtered: number
  readonly doubles: number
  readonly reasons: Readonly<Record<string, number>>
}

async function countFates(executor: Executor, judged: Transformation): Promise<Fates> {
  const of = judged.renumbered ? `count(distinct ${ARRIVED_ROW})` : 'count(*)'
  const rows = await executor.rows(
    `select ${FATE} as fate, count(*) as n, ${of} as arrived from ${DROPPED} group by 1 order by 1`,
  )
  const held = rows.find((row) => String(row['fate']).startsWith(HOLDS))
  if (held !== undefined) {
    const n = Number(held['n'])
    throw new LoadHeld(`${String(held['fate']).slice(HOLDS.length)} (${n} ${n === 1 ? 'row' : 'rows'})`)
  }
  const countOf = (fate: string) => Number(rows.find((row) => row['fate'] === fate)?.['n'] ?? 0)
  const rejected = rows.filter((row) => row['fate'] !== FILTERED && row['fate'] !== DUPLICATE)
  return {
    filtered: countOf(FILTERED),
    doubles: countOf(DUPLICATE),
    reasons: Object.fromEntries(rejected.map((row) => [String(row['fate']), Number(row['arrived'])])),
  }
}

/** The rows that stages added and those that they folded, of records that are not rejected. */
async function countMade(
  executor: Executor,
  judged: Transformation,
): Promise<Pick<DroppedRows, 'expanded' | 'folded'>> {
  if (!judged.expanded && !judged.folded) return { expanded: 0, folded: 0 }
  const added = judged.expanded ? `sum(${ADDED})` : '0'
  const folded = judged.folded ? `sum(${FOLDED})` : '0'
  const [row] = await executor.rows(
    `select coalesce(${added}, 0) as added, coalesce(${folded}, 0) as folded from ${judged.from} as _ww_made
where not exists (select 1 from ${DROPPED} as d where d.${ARRIVED_ROW} = _ww_made.${ARRIVED_ROW} and d.${IS_REJECTED})`,
  )
  return { expanded: Number(row?.['added'] ?? 0), folded: Number(row?.['folded'] ?? 0) }
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
    `insert into ${DROPPED} (${ROW}, ${FATE}) select ${ROW}, '${DUPLICATE}'
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

/** SQL that may stand in FROM: number and fate of the rejected rows, as they arrived. */
export function rejectedRows(): string {
  return `(select distinct coalesce(${ARRIVED_ROW}, ${ROW}) as ${ROW}, ${FATE} from ${DROPPED} where ${IS_REJECTED})`
}
