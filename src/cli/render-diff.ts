import type { Diff, ExampleRow } from '../diff/diff.ts'
import type { Scalar } from '../engines/dialect.ts'
import { renderTable } from './render-table.ts'
import { sayAmount, sayCount } from './say-number.ts'

/** How two datasets differ, for people: one string a line. */
export function renderDiff(diff: Diff, names: readonly [string, string], width: number): readonly string[] {
  const { rows, columns, key, values, examples } = diff
  const [left, right] = names
  const sides = renderTable(
    [{ title: '' }, { title: '' }, { title: '', align: 'right' }],
    [
      ['A', left, sayAmount(rows.left, 'row')],
      ['B', right, sayAmount(rows.right, 'row')],
    ],
  ).slice(1)
  const only = (side: string, of: readonly string[]) =>
    of.length === 0 ? [] : [`only in ${side}: ${of.join(', ')}`]
  const said = [
    `${sayCount(columns.compared.length)} in both`,
    ...only('A', columns.onlyLeft),
    ...only('B', columns.onlyRight),
    ...columns.retyped.map((each) => `${each.column} is ${each.left} in A and ${each.right} in B`),
  ]
  const counted = [
    `${sayCount(rows.equal)} equal`,
    ...(rows.changed > 0 ? [`${sayCount(rows.changed)} differ`] : []),
    ...(rows.onlyLeft > 0 ? [`${sayCount(rows.onlyLeft)} only in A`] : []),
    ...(rows.onlyRight > 0 ? [`${sayCount(rows.onlyRight)} only in B`] : []),
  ]
  return [
    ...sides,
    '',
    `columns  ${said.join('; ')}`,
    `rows     ${counted.join(', ')}${key.length > 0 ? ` (by ${key.join(', ')})` : ' (whole rows)'}`,
    ...values.map(
      ({ column, rows: n }, index) =>
        `${index === 0 ? 'values   ' : '         '}${column}: ${sayAmount(n, 'row')}`,
    ),
    ...cellTable(diff, width),
    ...rowTable('only in A', examples.onlyLeft, width),
    ...rowTable('only in B', examples.onlyRight, width),
  ]
}

function cellTable({ examples: { cells }, key }: Diff, width: number): readonly string[] {
  if (cells.length === 0) return []
  const titles = [...key, 'column', 'A', 'B']
  const lines = cells.map((cell) => [
    ...key.map((name) => asText(cell.key[name] ?? null)),
    cell.column,
    asText(cell.left),
    asText(cell.right),
  ])
  return [
    '',
    ...renderTable(
      titles.map((title) => ({ title })),
      lines,
      { width },
    ),
  ]
}

function rowTable(title: string, rows: readonly ExampleRow[], width: number): readonly string[] {
  const [first] = rows
  if (first === undefined) return []
  const names = Object.keys(first)
  const lines = rows.map((row) => names.map((name) => asText(row[name] ?? null)))
  return [
    '',
    `${title}:`,
    ...renderTable(
      names.map((name) => ({ title: name })),
      lines,
      { width, indent: '  ' },
    ),
  ]
}

function asText(value: Scalar): string {
  return value === null ? 'NULL' : String(value)
}
