import { variantName } from '../../drift/variants.ts'
import type { Executor } from '../../engines/engine.ts'
import { survivors } from './drop-rows.ts'

/** Values that a load left out of what it applied, because its pipeline says so. */
export interface Discarded {
  /** The column, below its list where it is in one; of a list that has no table, the list. */
  readonly column: string
  readonly what: 'values' | 'elements'
  readonly count: number
}

/** What is left out of a load, where its rows can be read. */
export interface LeftOut {
  /** SQL that may stand in FROM, with the number of each row. */
  readonly from: string
  /** As `Discarded` has it, with the SQL that is NULL where there is no value. */
  readonly columns: readonly (Omit<Discarded, 'count'> & { readonly sql: string })[]
}

/**
 * Counts what is left out of the rows that go on; what there is none of is not told.
 * @param anyDropped whether rows that do not go on are listed
 */
export async function countDiscarded(
  executor: Executor,
  leftOut: readonly LeftOut[],
  anyDropped: boolean,
): Promise<readonly Discarded[]> {
  const all: Discarded[] = []
  for (const { from, columns } of leftOut) {
    if (columns.length === 0) continue
    const counts = columns.map(({ sql }, index) => `count(${sql}) as n${index}`)
    const [row] = await executor.rows(
      `select ${counts.join(', ')} from ${survivors(from, anyDropped)} as _ww_left_out`,
    )
    for (const [index, { column, what }] of columns.entries()) {
      const count = Number(row?.[`n${index}`] ?? 0)
      if (count > 0) all.push({ column, what, count })
    }
  }
  return all
}

/** What was left out, in words: `2 values of extra were left out`; nothing where nothing was. */
export function sayDiscarded(discarded: readonly Discarded[]): string {
  if (discarded.length === 0) return ''
  const said = discarded.map(
    ({ column, what, count }) => `${count} ${count === 1 ? what.slice(0, -1) : what} of ${column}`,
  )
  const all = discarded.reduce((sum, { count }) => sum + count, 0)
  return `${said.join(', ')} ${all === 1 ? 'was' : 'were'} left out`
}

/** What was put beside its column, in words. */
export function sayVariants(variants: readonly Discarded[]): string {
  return variants
    .map(({ column, count }) => {
      const are = count === 1 ? 'value is' : 'values are'
      return `${count} ${are} text in ${variantName(column)}`
    })
    .join(', ')
}
