import type { ColumnProfile } from './table-profile.ts'

/** So many pairs are tried at most: each costs a set of all rows. */
const TRIED = 4
/** Counts of distinct values are about right. */
const ABOUT = 1.2
/** In a smaller table pairs are unique by chance. */
const FEWEST_ROWS = 50

const WHEN = /date|day|month|year|time|week|(?:^|_)at$/i
const WHAT =
  /(?:^|_|[a-z])id$|code|key|symbol|name|country|region|state|city|station|airport|product|category|sku/i

/** Pairs of a when and a what that may together be a key, such as the date and the symbol of a price. */
export function choosePairs(
  columns: readonly ColumnProfile[],
  rows: number,
): readonly (readonly [string, string])[] {
  if (rows < FEWEST_ROWS) return []
  const usable = columns.filter(
    ({ type, nulls }) => nulls === 0 && !/^(?:float|decimal|json|bytes|boolean|interval)/.test(type.kind),
  )
  const whens = usable.filter(({ name, type }) => WHEN.test(name) || /^(?:date|timestamp)/.test(type.kind))
  const whats = usable.filter((column) => WHAT.test(column.name) && !whens.includes(column))
  return whats
    .flatMap((what) => whens.map((when) => ({ what, when })))
    .filter(({ what, when }) => what.distinct < rows && when.distinct < rows)
    .filter(({ what, when }) => what.distinct * when.distinct * ABOUT >= rows)
    .slice(0, TRIED)
    .map(({ what, when }) => [what.name, when.name] as const)
}
