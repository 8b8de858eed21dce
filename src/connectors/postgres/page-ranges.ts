import type { TableRange } from '../tables/table-dialect.ts'
import type { PostgresTable } from './postgres-table.ts'

/** Pages of a table's storage from one up to another, which is left out; the last range has no end. */
interface PageRange {
  readonly from: number
  readonly to: number | undefined
}

/** What a page holds where the source has never counted: a guess for rows of a hundred bytes. */
const ROWS_PER_PAGE = 70

/**
 * Cuts a table into ranges of its storage of about `rows` rows each, disjoint and complete: under one snapshot a row
 * version stays where it is. Ranges of pages need no index and no order, and are read without looking at the others.
 * Views and foreign tables have no pages: they are one range.
 */
export async function* pageRanges(
  table: PostgresTable,
  rows: number,
  behind: string | undefined,
): AsyncGenerator<TableRange> {
  const done = behind === undefined ? 0 : Number(behind)
  for (const range of rangesOf(table, rows)) {
    if (range.from < done) continue
    yield { condition: pageCondition(range), end: String(range.to ?? Number.MAX_SAFE_INTEGER) }
  }
}

function rangesOf(table: PostgresTable, rows: number): readonly PageRange[] {
  const whole = [{ from: 0, to: undefined }]
  if (table.letter === 'v' || table.letter === 'f' || table.pages === 0) return whole
  const counted = table.rows > 0 ? table.rows / table.pages : ROWS_PER_PAGE
  const step = Math.max(1, Math.round(rows / counted))
  const starts = Array.from({ length: Math.ceil(table.pages / step) }, (_, index) => index * step)
  return starts.map((from, index) => ({ from, to: starts[index + 1] }))
}

/** The condition of a range; none for all there is. */
function pageCondition({ from, to }: PageRange): string | undefined {
  if (from === 0 && to === undefined) return undefined
  const low = `ctid >= '(${from},0)'::tid`
  return to === undefined ? low : `${low} and ctid < '(${to},0)'::tid`
}
