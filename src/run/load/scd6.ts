import type { HistoryColumns } from './history-columns.ts'
import { latestName } from './kept-values.ts'
import { sameKey } from './matching.ts'
import { scd2 } from './scd2.ts'
import type { Strategy } from './strategy.ts'

/**
 * Versions as `scd2` keeps them, and in every version of a key beside the value that a column had then, as
 * `current_<column>`, the one it has in the latest version.
 * @param tracked the columns that have such a companion
 * @param now the load's moment, ISO 8601
 */
export function scd6(
  keys: readonly string[],
  tracked: readonly string[],
  history: HistoryColumns,
  now: string,
): Strategy {
  const versions = scd2(keys, history, now)
  return async (input) => {
    const applied = await versions(input)
    const { executor, dialect, select, stamps } = input
    const { identifier } = dialect
    const target = dialect.relation(input.target)
    const list = keys.map((key) => `t.${identifier(key)}`).join(', ')
    const since = identifier(history.validFrom.name)
    const values = tracked.map((column) => `t.${identifier(column)}`)
    const same = sameKey(dialect, keys)
    const latest = `select ${[list, ...values].join(', ')} from (
 select t.*, row_number() over (partition by ${list} order by t.${since} desc) as _ww_place from ${target} as t
 where exists (select 1 from (${select}) as s where ${same})) as t where t._ww_place = 1`
    const current = tracked.map((column) => [identifier(latestName(column)), identifier(column)] as const)
    const set = [
      ...current.map(([name, column]) => `${name} = s.${column}`),
      ...stamps.map(({ column, expression }) => `${identifier(column)} = ${expression}`),
    ]
    const differs = current.map(([name, column]) => `t.${name} is distinct from s.${column}`).join(' or ')
    await executor.execute(
      `update ${target} as t set ${set.join(', ')} from (${latest}) as s where ${same} and (${differs})`,
    )
    return applied
  }
}
