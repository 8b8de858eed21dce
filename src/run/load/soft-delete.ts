import { count } from './count.ts'
import { NOTHING_APPLIED } from './counts.ts'
import { currentRows } from './current-rows.ts'
import { DELETED_AT } from './load-columns.ts'
import { differIn, sameKey } from './matching.ts'
import { type MergeOptions, newRows, updateStatement } from './merge.ts'
import { moment } from './moment.ts'
import { insertStatement, type Strategy, type StrategyInput } from './strategy.ts'

/**
 * Merges, and deletes nothing: rows that arrive as deleted are marked with when, and so are, where the load is `whole`,
 * those that the source has no more. A row that comes back loses its mark. The values of a marked row stay those it had
 * last, or those it was deleted with.
 * @param now the load's moment, ISO 8601
 */
export function softDelete(options: MergeOptions, whole: boolean, now: string): Strategy {
  return async (input) => {
    const { executor, dialect } = input
    const { keys, deletedWhen } = options
    const { select, outdated } = await currentRows(input, options)
    const mark = dialect.identifier(DELETED_AT)
    const isDeleted = deletedWhen === undefined ? 'false' : `(${deletedWhen}) is true`
    const at = moment(dialect, now)
    // What is marked already keeps the moment of its first mark.
    const known = `select s.*, case when ${isDeleted} then ${at} end as ${mark} from (${select}) as s`
    const marked = { ...input, select: known }
    const differs = `(${differIn(dialect, others(input, keys))} or (t.${mark} is null) <> (s.${mark} is null))`
    const same = sameKey(dialect, keys)
    const target = dialect.relation(input.target)
    const matched = `from (${known}) as s join ${target} as t on ${same}`
    const deleted = await count(executor, `${matched} where s.${mark} is not null and t.${mark} is null`)
    const unchanged = await count(executor, `${matched} where not ${differs}`)
    const touched = await executor.execute(updateStatement(marked, keys, differs, [marking(mark)]))
    const inserted = await executor.execute(
      insertStatement({ ...marked, columns: [...input.columns, DELETED_AT], select: newRows(marked, keys) }),
    )
    const missing = whole ? await markMissing(input, same, mark, at) : 0
    return {
      ...NOTHING_APPLIED,
      inserted,
      updated: touched - deleted,
      unchanged,
      deleted: deleted + missing,
      outdated,
      missing,
      physicalInserts: inserted,
    }
  }
}

function others({ columns }: StrategyInput, keys: readonly string[]): readonly string[] {
  return columns.filter((column) => !keys.includes(column))
}

function marking(mark: string): string {
  return `${mark} = case when s.${mark} is null then null else coalesce(t.${mark}, s.${mark}) end`
}

/** An arrived row that is outdated says all the same that its key is there. */
async function markMissing(
  { executor, dialect, select, target, stamps }: StrategyInput,
  same: string,
  mark: string,
  at: string,
): Promise<number> {
  const stamped = stamps.map(({ column, expression }) => `${dialect.identifier(column)} = ${expression}`)
  return executor.execute(
    `update ${dialect.relation(target)} as t set ${[`${mark} = ${at}`, ...stamped].join(', ')}
where t.${mark} is null and not exists (select 1 from (${select}) as s where ${same})`,
  )
}

/** The column that marks a row as deleted. */
export function deletedAtField(): { readonly name: string; readonly type: { readonly kind: 'timestamptz' } } {
  return { name: DELETED_AT, type: { kind: 'timestamptz' } }
}
