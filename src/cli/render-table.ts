import { fitWidth, padWidth, textWidth } from './text-width.ts'

export interface TableColumn {
  readonly title: string
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right'
  /** The most columns of the terminal a cell may take; longer ones are cut. */
  readonly widest?: number
}

export interface TableOptions {
  /** Columns of the terminal; the widest columns give way until the table fits. Unbounded when absent. */
  readonly width?: number
  readonly indent?: string
  /** How a heading is emphasised. */
  readonly heading?: (text: string) => string
}

const GAP = '  '
/** A column is never made narrower than this to fit. */
const NARROWEST = 8

/** Rows in aligned columns under their titles, one string a line. Cells are text already; line breaks show as ⏎. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): readonly string[] {
  const { indent = '', heading = (text: string) => text } = options
  const cells = rows.map((row) => row.map(oneLine))
  const natural = columns.map(({ title, widest }, index) =>
    Math.max(
      textWidth(title),
      Math.min(
        widest ?? Number.POSITIVE_INFINITY,
        ...[Math.max(0, ...cells.map((row) => width(row, index)))],
      ),
    ),
  )
  const widths = options.width === undefined ? natural : squeeze(natural, options.width - indent.length)
  const lay = (row: readonly string[]) =>
    columns
      .map(({ align = 'left' }, index) =>
        padWidth(fitWidth(row[index] ?? '', widths[index]!), widths[index]!, align),
      )
      .join(GAP)
      .trimEnd()
  const titles = lay(columns.map((column) => column.title))
  return [`${indent}${heading(titles)}`, ...cells.map((row) => `${indent}${lay(row)}`)]
}

function width(row: readonly string[], index: number): number {
  return textWidth(row[index] ?? '')
}

/** Takes from the widest columns first, until all fit or none can give more. */
function squeeze(widths: readonly number[], available: number): readonly number[] {
  const result = [...widths]
  const total = () => result.reduce((sum, each) => sum + each, 0) + GAP.length * (result.length - 1)
  for (let excess = total() - available; excess > 0; excess--) {
    const widest = result.indexOf(Math.max(...result))
    if (result[widest]! <= NARROWEST) break
    result[widest]! -= 1
  }
  return result
}

/** Control characters would move the cursor or ring the bell. */
function oneLine(text: string): string {
  return text
    .replace(/\r\n|[\r\n]/g, '⏎')
    .replace(/\p{Cc}/gu, (control) => (control === '\t' ? ' ' : '\uFFFD'))
}
