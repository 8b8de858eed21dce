import { count } from './count.ts'
import { NOTHING_APPLIED } from './counts.ts'
import { previousAtName, previousName } from './kept-values.ts'
import { differIn, sameKey } from './matching.ts'
import { moment } from './moment.ts'
import { insertStatement, type Strategy, type StrategyInput } from './strategy.ts'

/** The rows of the keys that arrived as they are to be, with what came before. */
export const HEADS = '_ww_heads'

export interface Scd3Options {
  readonly keys: readonly string[]
  /** The columns whose previous value is kept. */
  readonly tracked: readonly string[]
  /** The arrived column that says since when a row holds; without it, since the load. */
  readonly effectiveAt: string | undefined
  /** The load's moment, ISO 8601. */
  readonly now: string
}

/**
 * A table of the latest row of each key (slowly changing dimension, type 3), in which beside a tracked column stands the value
 * that it had before the one it has, and when that was last seen. With `effectiveAt` rows may come in any order: the table
 * holds the latest of them and, of each column, the latest value that is another. A row of a moment that is known corrects it.
 * Arrived rows are unique by key and moment; neither is NULL.
 */
export function scd3(options: Scd3Options): Strategy {
  return async (input) => {
    const { executor, dialect } = input
    const { keys, tracked } = options
    const target = dialect.relation(input.target)
    const kept = tracked.flatMap((column) => [previousName(column), previousAtName(column)])
    await executor.execute(`create temporary table ${HEADS} as ${headsQuery(input, options)}`)
    const others = [...input.columns, ...kept].filter((column) => !keys.includes(column))
    const same = sameKey(dialect, keys)
    const differs = differIn(dialect, others)
    const arrived = await count(executor, `from (${input.select}) as s`)
    const known = `from (${input.select}) as s join ${target} as t on ${same}`
    const matched = await count(executor, known)
    const updated = await count(
      executor,
      `${known} join ${HEADS} as h on ${sameKey(dialect, keys, ['h', 's'])} where ${differIn(dialect, others, ['t', 'h'])}`,
    )
    const set = [
      ...others.map((column) => `${dialect.identifier(column)} = s.${dialect.identifier(column)}`),
      ...input.stamps.map(({ column, expression }) => `${dialect.identifier(column)} = ${expression}`),
    ]
    await executor.execute(
      `update ${target} as t set ${set.join(', ')} from ${HEADS} as s where ${same} and ${differs}`,
    )
    const physicalInserts = await executor.execute(
      insertStatement({
        ...input,
        columns: [...input.columns, ...kept],
        select: `select * from ${HEADS} as s where not exists (select 1 from ${target} as t where ${same})`,
      }),
    )
    await executor.execute(`drop table ${HEADS}`)
    const [inserted, unchanged] = [arrived - matched, matched - updated]
    return { ...NOTHING_APPLIED, inserted, updated, unchanged, physicalInserts }
  }
}

/** A SELECT of the rows of the keys that arrived, with the table's own columns and those that keep what was before. */
function headsQuery(input: StrategyInput, options: Scd3Options): string {
  const { effectiveAt } = options
  return effectiveAt === undefined ? replacing(input, options) : ofMoments(input, options, effectiveAt)
}

/** Without moments what arrives comes after what is there. */
function replacing(input: StrategyInput, { keys, tracked, now }: Scd3Options): string {
  const { dialect, columns, select } = input
  const { identifier } = dialect
  const before = tracked.flatMap((column) => {
    const name = identifier(column)
    const [value, at] = [identifier(previousName(column)), identifier(previousAtName(column))]
    const differs = `t.${identifier(keys[0]!)} is not null and t.${name} is distinct from s.${name}`
    return [
      `case when ${differs} then t.${name} else t.${value} end as ${value}`,
      `case when ${differs} then ${moment(dialect, now)} else t.${at} end as ${at}`,
    ]
  })
  const own = columns.map((column) => `s.${identifier(column)}`)
  return `select ${[...own, ...before].join(', ')} from (${select}) as s
left join ${dialect.relation(input.target)} as t on ${sameKey(dialect, keys)}`
}

/**
 * The table's rows, and what it has kept of before, are rows of their moments like those that arrive, unless one arrives that
 * corrects them. The latest of all is the row; the latest with another value in a column is what was before.
 */
function ofMoments(input: StrategyInput, { keys, tracked }: Scd3Options, effectiveAt: string): string {
  const { dialect, columns, select } = input
  const { identifier } = dialect
  const target = dialect.relation(input.target)
  const since = identifier(effectiveAt)
  const names = keys.map(identifier)
  const arrived = `exists (select 1 from (${select}) as s where ${sameKey(dialect, keys)})`
  const corrected = (at: string) =>
    `exists (select 1 from (${select}) as s where ${sameKey(dialect, keys)} and s.${since} = t.${at})`
  const own = columns.map(identifier)
  const rows = `_ww_rows as (select ${own.join(', ')} from (${select}) as s
 union all select ${own.map((name) => `t.${name}`).join(', ')} from ${target} as t where ${arrived} and not ${corrected(since)})`
  const latest = `_ww_latest as (select * from (
 select *, row_number() over (partition by ${names.join(', ')} order by ${since} desc) as _ww_place from _ww_rows) as r
 where _ww_place = 1)`
  const before = tracked.map((column, index) => {
    const value = identifier(column)
    const [kept, at] = [identifier(previousName(column)), identifier(previousAtName(column))]
    const list = (alias: string) => names.map((name) => `${alias}.${name}`).join(', ')
    return `_ww_before_${index} as (select * from (
 select ${list('r')}, r._ww_value, r._ww_at, row_number() over (partition by ${list('r')} order by r._ww_at desc) as _ww_place
 from (select ${list('w')}, w.${value} as _ww_value, w.${since} as _ww_at from _ww_rows as w
  union all select ${list('t')}, t.${kept}, t.${at} from ${target} as t
  where t.${at} is not null and ${arrived} and not ${corrected(at)}) as r
 join _ww_latest as l on ${sameKey(dialect, keys, ['r', 'l'])} where r._ww_value is distinct from l.${value}) as r
 where _ww_place = 1)`
  })
  const kept = tracked.flatMap((column, index) => [
    `b${index}._ww_value as ${identifier(previousName(column))}`,
    `b${index}._ww_at as ${identifier(previousAtName(column))}`,
  ])
  const joins = tracked.map(
    (_, index) =>
      `left join _ww_before_${index} as b${index} on ${sameKey(dialect, keys, ['l', `b${index}`])}`,
  )
  return `with ${[rows, latest, ...before].join(',\n')}
select ${[...own.map((name) => `l.${name}`), ...kept].join(', ')} from _ww_latest as l
${joins.join('\n')}`
}
