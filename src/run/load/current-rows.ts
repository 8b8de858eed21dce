import { count } from './count.ts'
import { sameKey } from './matching.ts'
import type { StrategyInput } from './strategy.ts'

/**
 * Of the arrived rows those that are not earlier, by `latestBy`, than the row that the table has of their key, and the
 * number of the others. A NULL is neither earlier nor later.
 */
export async function currentRows(
  { executor, dialect, select, target, columns }: StrategyInput,
  { keys, latestBy }: { readonly keys: readonly string[]; readonly latestBy: string | undefined },
): Promise<{ readonly select: string; readonly outdated: number }> {
  if (latestBy === undefined || !columns.includes(latestBy)) return { select, outdated: 0 }
  const order = dialect.identifier(latestBy)
  const later = `exists (select 1 from ${dialect.relation(target)} as t
 where ${sameKey(dialect, keys)} and t.${order} > s.${order})`
  const outdated = await count(executor, `from (${select}) as s where ${later}`)
  if (outdated === 0) return { select, outdated }
  await executor.execute(
    `create temporary table ${CURRENT} as select * from (${select}) as s where not ${later}`,
  )
  return { select: `select * from ${CURRENT}`, outdated }
}

/** The arrived rows without those that are outdated. */
export const CURRENT = '_ww_current'
