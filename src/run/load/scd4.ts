import type { Relation } from '../../engines/relation.ts'
import type { HistoryColumns } from './history-columns.ts'
import { sameKey } from './matching.ts'
import { merge } from './merge.ts'
import { scd2 } from './scd2.ts'
import type { Strategy } from './strategy.ts'

/** Where the versions of a table's rows are kept beside it. */
export function historyTable(target: Relation): Relation {
  return { ...target, name: `${target.name}_history` }
}

/**
 * Versions as `scd2` keeps them in a table of their own, and in the table itself of each key the row that the current version
 * is. The counts are those of the versions; what was written and deleted is the table's.
 * @param now the load's moment, ISO 8601
 */
export function scd4(keys: readonly string[], history: HistoryColumns, now: string): Strategy {
  const versions = scd2(keys, history, now)
  const rows = merge({ keys, latestBy: undefined, deletedWhen: undefined })
  return async (input) => {
    const { dialect, select, columns } = input
    const { identifier } = dialect
    const applied = await versions({ ...input, target: historyTable(input.target) })
    const own = columns.map((column) => `t.${identifier(column)}`).join(', ')
    const { physicalInserts, physicalDeletes } = await rows({
      ...input,
      select: `select ${own} from ${dialect.relation(historyTable(input.target))} as t
where t.${identifier(history.isCurrent.name)} and exists (select 1 from (${select}) as s where ${sameKey(dialect, keys)})`,
    })
    return { ...applied, physicalInserts, physicalDeletes }
  }
}
