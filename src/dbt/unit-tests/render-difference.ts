import type { Cell, Cells, RowDifference } from './compare-rows.ts'

/** Rows beyond these are counted, not shown. */
const MOST_SHOWN = 50

/**
 * The difference as a table to read: `→` marks a row of which some cells differ, each written `expected→actual`, `---` a
 * row that was expected and is not there, `+++` one that is there and was not expected.
 */
export function renderDifference(columns: readonly string[], difference: RowDifference): string {
  const lines = [
    ...difference.changed.map(({ expected, actual }) => ['→', ...expected.map(changedCell(actual))]),
    ...difference.missing.map((row) => ['---', ...row.map(cellText)]),
    ...difference.unexpected.map((row) => ['+++', ...row.map(cellText)]),
  ]
  const table = [['@@', ...columns], ...lines.slice(0, MOST_SHOWN)]
  const widths = table[0]!.map((_, index) => Math.max(...table.map((line) => width(line[index]!))))
  const padded = table.map((line) =>
    line
      .map((cell, index) => cell + ' '.repeat(widths[index]! - width(cell)))
      .join('  ')
      .trimEnd(),
  )
  const more = lines.length - MOST_SHOWN
  if (more > 0) padded.push(`… and ${more} more ${more === 1 ? 'row' : 'rows'}`)
  return `actual differs from expected:\n\n${padded.join('\n')}\n`
}

function changedCell(actual: Cells): (cell: Cell, index: number) => string {
  return (cell, index) => {
    const other = actual[index] ?? null
    return cell === other ? cellText(cell) : `${cellText(cell)}→${cellText(other)}`
  }
}

function cellText(cell: Cell): string {
  return cell === null ? 'NULL' : cell.replaceAll(/[\r\n\t]/g, ' ')
}

function width(text: string): number {
  return [...text].length
}
