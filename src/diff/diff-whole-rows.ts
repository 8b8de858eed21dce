import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../engines/engine.ts'
import type { Diff } from './diff.ts'
import type { Pair } from './pair.ts'
import { rowCounts } from './row-counts.ts'
import type { Side } from './side.ts'

const { identifier } = duckDbDialect

/** Compares whole rows, each as often as it occurs. */
export async function diffWholeRows(
  session: Executor,
  left: Side,
  right: Side,
  pairs: readonly Pair[],
  examples: number,
): Promise<Pick<Diff, 'rows' | 'values' | 'examples'>> {
  const list = (side: 'left' | 'right') =>
    pairs
      .map((pair) => {
        const name = identifier(pair[side].name)
        const isRetyped = pair.left.type.kind !== pair.right.type.kind
        return `${isRetyped ? `cast(${name} as varchar)` : name} as ${identifier(pair.column)}`
      })
      .join(', ')
  const [a, b] = [`select ${list('left')} from ${left.from}`, `select ${list('right')} from ${right.from}`]
  const [counts] = await session.rows(
    `select (select count(*) from (${a})) as l, (select count(*) from (${b})) as r,
(select count(*) from (${a} except all ${b})) as ol, (select count(*) from (${b} except all ${a})) as o_r, 0 as changed`,
  )
  const rows = rowCounts(counts!)
  const some = (of: string, without: string, count: number) =>
    count === 0
      ? []
      : session.rows(`select * from (${of} except all ${without}) order by all limit ${examples}`)
  return {
    rows,
    values: [],
    examples: {
      cells: [],
      onlyLeft: await some(a, b, rows.onlyLeft),
      onlyRight: await some(b, a, rows.onlyRight),
    },
  }
}
