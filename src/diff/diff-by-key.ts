import { duckDbDialect } from '../engines/duckdb/duckdb-dialect.ts'
import type { Executor, Row } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { cellDiffers } from './cell-differs.ts'
import type { CellDiff, Diff, ExampleRow } from './diff.ts'
import type { Pair } from './pair.ts'
import { rowCounts } from './row-counts.ts'
import type { Side } from './side.ts'
import type { Tolerances } from './tolerance.ts'

const { identifier } = duckDbDialect

interface ByKey {
  readonly left: Side
  readonly right: Side
  /** The columns of the key. */
  readonly keys: readonly Pair[]
  /** The columns that are compared. */
  readonly others: readonly Pair[]
  readonly tolerances: Tolerances
  /** How many examples of each kind are given. */
  readonly examples: number
}

/** Compares rows of the same key value by value. Rows with a NULL in their key match none. Throws WW5502 for a key that is not unique. */
export async function diffByKey(
  session: Executor,
  asked: ByKey,
): Promise<Pick<Diff, 'rows' | 'values' | 'examples'>> {
  const { left, right, keys, others, tolerances, examples } = asked
  const key = keys.map(({ column }) => column)
  await refuseRepeatedKeys(
    session,
    left,
    keys.map((pair) => pair.left.name),
  )
  await refuseRepeatedKeys(
    session,
    right,
    keys.map((pair) => pair.right.name),
  )
  const differs = others.map((pair) => cellDiffers(pair.left, pair.right, tolerances))
  const on = keys
    .map((pair) => `a.${identifier(pair.left.name)} = b.${identifier(pair.right.name)}`)
    .join(' and ')
  const joined = `(select *, 1 as _ww_here from ${left.from}) as a full join (select *, 1 as _ww_here from ${right.from}) as b on ${on}`
  const both = 'a._ww_here is not null and b._ww_here is not null'
  const any = differs.length === 0 ? 'false' : `(${differs.join(' or ')})`
  const counted = differs.map((sql, index) => `count_if(${both} and ${sql}) as v${index}`)
  const [counts] = await session.rows(
    `select count(a._ww_here) as l, count(b._ww_here) as r, count_if(b._ww_here is null) as ol, count_if(a._ww_here is null) as o_r,
count_if(${both} and ${any}) as changed${counted.map((sql) => `,\n${sql}`).join('')}
from ${joined}`,
  )
  const rows = rowCounts(counts!)
  const values = others
    .map(({ column }, index) => ({ column, rows: Number(counts![`v${index}`]) }))
    .filter((each) => each.rows > 0)
    .sort((a, b) => b.rows - a.rows)
  const keysOf = (side: 'a' | 'b') =>
    keys
      .map(
        (pair) =>
          `${side}.${identifier(side === 'a' ? pair.left.name : pair.right.name)} as ${identifier(pair.column)}`,
      )
      .join(', ')
  const ordered = `order by ${keys.map((_, index) => index + 1).join(', ')} limit ${examples}`
  const cells = others.flatMap(({ left: l, right: r }, index) => [
    `a.${identifier(l.name)} as l${index}`,
    `b.${identifier(r.name)} as r${index}`,
    `${differs[index]} as d${index}`,
  ])
  const changed =
    rows.changed === 0
      ? []
      : await session.rows(
          `select ${[keysOf('a'), ...cells].join(', ')} from ${joined} where ${both} and ${any} ${ordered}`,
        )
  const only = (side: 'a' | 'b', count: number, other: 'a' | 'b') =>
    count === 0
      ? []
      : session.rows(`select ${keysOf(side)} from ${joined} where ${other}._ww_here is null ${ordered}`)
  return {
    rows,
    values,
    examples: {
      cells: changed.flatMap((row) => cellsOf(row, key, others)).slice(0, examples),
      onlyLeft: await only('a', rows.onlyLeft, 'b'),
      onlyRight: await only('b', rows.onlyRight, 'a'),
    },
  }
}

function cellsOf(row: Row, key: readonly string[], others: readonly Pair[]): readonly CellDiff[] {
  const named: ExampleRow = Object.fromEntries(key.map((name) => [name, row[name] ?? null]))
  return others.flatMap(({ column }, index) =>
    row[`d${index}`] === true
      ? [{ key: named, column, left: row[`l${index}`] ?? null, right: row[`r${index}`] ?? null }]
      : [],
  )
}

async function refuseRepeatedKeys(
  session: Executor,
  { name, from }: Side,
  key: readonly string[],
): Promise<void> {
  const columns = key.map(identifier)
  const whole = columns.map((column) => `${column} is not null`).join(' and ')
  const [found] = await session.rows(
    `select count(*) as n from (select 1 from ${from} where ${whole} group by ${columns.join(', ')} having count(*) > 1)`,
  )
  const repeated = Number(found?.['n'])
  if (repeated === 0) return
  throw new WaterworksError('WW5502', {
    message: `in ${name}, ${repeated} ${repeated === 1 ? 'value' : 'values'} of ${key.join(', ')} occur more than once`,
  })
}
