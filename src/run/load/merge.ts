import { count } from './count.ts'
import { type Applied, NOTHING_APPLIED } from './counts.ts'
import { currentRows } from './current-rows.ts'
import { differIn, sameKey } from './matching.ts'
import { insertStatement, type Strategy, type StrategyInput } from './strategy.ts'

export interface MergeOptions {
  /** Columns that say which row is which: unique among the arrived rows and never NULL. */
  readonly keys: readonly string[]
  /** The column by which later rows are known, where rows may arrive out of order: earlier ones are left out. */
  readonly latestBy: string | undefined
  /** A condition over an arrived row: its row was deleted. */
  readonly deletedWhen: string | undefined
}

/**
 * Matched rows that differ (null-safely) are updated, equal ones left as they are, unmatched ones inserted, and those
 * that arrive as deleted are deleted. A deletion of what is not there changes nothing.
 */
export function merge(options: MergeOptions): Strategy {
  return async (input) => {
    const { executor, dialect } = input
    const { keys, deletedWhen } = options
    const { select, outdated } = await currentRows(input, options)
    const current = { ...input, select }
    if (deletedWhen === undefined) return { ...(await upsert(current, keys)), outdated }
    const isDeleted = (not: string) => `select * from (${select}) as s where (${deletedWhen}) is ${not}true`
    const target = dialect.relation(input.target)
    const going = await count(executor, `from (${isDeleted('')}) as s`)
    const deleted = await executor.execute(
      `delete from ${target} as t where exists (select 1 from (${isDeleted('')}) as s where ${sameKey(dialect, keys)})`,
    )
    const applied = await upsert({ ...input, select: isDeleted('not ') }, keys)
    const unchanged = applied.unchanged + going - deleted
    return { ...applied, unchanged, deleted, outdated, physicalDeletes: deleted }
  }
}

/** Rows whose key the table has are left out: what is there stays as it is. */
export function insertOnly(keys: readonly string[]): Strategy {
  return async (input) => {
    const arrived = await count(input.executor, `from (${input.select}) as s`)
    const inserted = await input.executor.execute(insertStatement({ ...input, select: newRows(input, keys) }))
    return { ...NOTHING_APPLIED, inserted, unchanged: arrived - inserted, physicalInserts: inserted }
  }
}

/** All arrived rows of a key take the place of all that the table has of it. */
export function deleteInsert(keys: readonly string[]): Strategy {
  return async (input) => {
    const { executor, dialect, select } = input
    const target = dialect.relation(input.target)
    const same = sameKey(dialect, keys)
    const updated = await count(
      executor,
      `from (${select}) as s where exists (select 1 from ${target} as t where ${same})`,
    )
    const physicalDeletes = await executor.execute(
      `delete from ${target} as t where exists (select 1 from (${select}) as s where ${same})`,
    )
    const physicalInserts = await executor.execute(insertStatement(input))
    const inserted = physicalInserts - updated
    return { ...NOTHING_APPLIED, inserted, updated, physicalInserts, physicalDeletes }
  }
}

async function upsert(input: StrategyInput, keys: readonly string[]): Promise<Applied> {
  const { executor, dialect, target, select } = input
  const others = input.columns.filter((column) => !keys.includes(column))
  const differs = differIn(dialect, others)
  const unchanged = await count(
    executor,
    `from (${select}) as s join ${dialect.relation(target)} as t on ${sameKey(dialect, keys)} where not ${differs}`,
  )
  const updated = await executor.execute(updateStatement(input, keys, differs))
  const inserted = await executor.execute(insertStatement({ ...input, select: newRows(input, keys) }))
  return { ...NOTHING_APPLIED, inserted, updated, unchanged, physicalInserts: inserted }
}

/** The UPDATE of rows that differ; `further` are assignments beside those of the rows' own columns. */
export function updateStatement(
  { dialect, columns, stamps, target, select }: StrategyInput,
  keys: readonly string[],
  differs: string,
  further: readonly string[] = [],
): string {
  const own = columns
    .filter((column) => !keys.includes(column))
    .map((column) => `${dialect.identifier(column)} = s.${dialect.identifier(column)}`)
  const stamped = stamps.map(({ column, expression }) => `${dialect.identifier(column)} = ${expression}`)
  return `update ${dialect.relation(target)} as t set ${[...own, ...further, ...stamped].join(', ')}
from (${select}) as s where ${sameKey(dialect, keys)} and ${differs}`
}

/** A SELECT of the arrived rows whose keys the table does not have. */
export function newRows({ dialect, select, target }: StrategyInput, keys: readonly string[]): string {
  return `select * from (${select}) as s
where not exists (select 1 from ${dialect.relation(target)} as t where ${sameKey(dialect, keys)})`
}
