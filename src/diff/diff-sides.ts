import type { Executor } from '../engines/engine.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { compareColumns } from './compare-columns.ts'
import type { Diff } from './diff.ts'
import { diffByKey } from './diff-by-key.ts'
import { diffWholeRows } from './diff-whole-rows.ts'
import { pairOf } from './pair.ts'
import type { Side } from './side.ts'
import type { Tolerances } from './tolerance.ts'

export interface DiffOptions {
  /** Columns that tell rows apart; without any, whole rows are compared. */
  readonly key: readonly string[]
  /** Columns that are not compared. */
  readonly ignored: readonly string[]
  readonly tolerances: Tolerances
  /** How many examples of each kind are given. */
  readonly examples: number
}

/**
 * Compares two datasets that a DuckDB session can read, inside of it: with a key row by row and value by value, else whole rows as often as
 * they occur. Rows with a NULL in their key match none. Throws WW5501 for a key that is no column, WW5502 for one that is not unique.
 */
export async function diffSides(
  session: Executor,
  left: Side,
  right: Side,
  { key: asked, ignored, tolerances, examples }: DiffOptions,
): Promise<Diff> {
  const columns = compareColumns(left, right, ignored)
  if (columns.compared.length === 0) {
    throw new WaterworksError('WW5501', {
      message: `${left.name} and ${right.name} have no column in common`,
    })
  }
  const key = asked.map((name) => keyColumn(name, columns.compared, left, right))
  const pairs = columns.compared.map((name) => pairOf(name, left, right))
  if (key.length > 0) {
    const keys = pairs.filter(({ column }) => key.includes(column))
    const others = pairs.filter(({ column }) => !key.includes(column))
    const found = await diffByKey(session, { left, right, keys, others, tolerances, examples })
    return { columns, key, ...found }
  }
  if (Object.keys(tolerances).length > 0) {
    throw new WaterworksError('WW5501', {
      message: 'a tolerance needs a key: whole rows are the same or not',
      hint: 'Name the columns that tell rows apart: --key id.',
    })
  }
  return { columns, key, ...(await diffWholeRows(session, left, right, pairs, examples)) }
}

function keyColumn(name: string, compared: readonly string[], left: Side, right: Side): string {
  const found = compared.find((column) => column.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const near = suggest(name, compared)
  throw new WaterworksError('WW5501', {
    message: `the key ${name} is not a column of both ${left.name} and ${right.name}`,
    hint: near ? `Did you mean ${near}?` : undefined,
  })
}
