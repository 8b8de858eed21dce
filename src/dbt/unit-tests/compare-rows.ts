/** A cell as it is compared and shown; null for NULL. */
export type Cell = string | null
export type Cells = readonly Cell[]

/** How the rows a model gave differ from those that were expected. */
export interface RowDifference {
  /** Rows that were expected and stand beside one that is like them, but for some cells. */
  readonly changed: readonly { readonly expected: Cells; readonly actual: Cells }[]
  readonly missing: readonly Cells[]
  readonly unexpected: readonly Cells[]
}

/** Beyond so many comparisons rows that are alike are not looked for: what differs is told as missing and unexpected. */
const MOST_COMPARISONS = 250_000

/** Compares rows without regard to their order; equal rows count as often as they are there. Undefined when all is well. */
export function compareRows(expected: readonly Cells[], actual: readonly Cells[]): RowDifference | undefined {
  const left = new Map<string, number>()
  for (const row of actual) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1)
  const missing = expected.filter((row) => !take(left, row))
  const unexpected = actual.filter((row) => take(left, row))
  if (missing.length === 0 && unexpected.length === 0) return undefined
  if (missing.length * unexpected.length > MOST_COMPARISONS) return { changed: [], missing, unexpected }
  return pairUp(missing.toSorted(byCells), unexpected.toSorted(byCells))
}

/** The most alike first, so that a row does not lose its partner to one that is less like it. */
function pairUp(missing: readonly Cells[], unexpected: readonly Cells[]): RowDifference {
  const pairs = missing.flatMap((expected) =>
    unexpected.map((actual) => ({ expected, actual, alike: equalCells(expected, actual) })),
  )
  const taken = new Set<Cells>()
  const changed: { readonly expected: Cells; readonly actual: Cells }[] = []
  for (const { expected, actual, alike } of pairs.toSorted((a, b) => b.alike - a.alike)) {
    if (alike === 0 || taken.has(expected) || taken.has(actual)) continue
    taken.add(expected).add(actual)
    changed.push({ expected, actual })
  }
  return {
    changed,
    missing: missing.filter((row) => !taken.has(row)),
    unexpected: unexpected.filter((row) => !taken.has(row)),
  }
}

function take(left: Map<string, number>, row: Cells): boolean {
  const count = left.get(keyOf(row)) ?? 0
  if (count === 0) return false
  left.set(keyOf(row), count - 1)
  return true
}

function keyOf(row: Cells): string {
  return JSON.stringify(row)
}

function equalCells(a: Cells, b: Cells): number {
  return a.filter((cell, index) => cell === b[index]).length
}

/** NULL comes after every value, as in dbt's order of the rows. */
function byCells(a: Cells, b: Cells): number {
  for (const [index, cell] of a.entries()) {
    const other = b[index] ?? null
    if (cell === other) continue
    if (cell === null) return 1
    if (other === null) return -1
    return cell < other ? -1 : 1
  }
  return 0
}
