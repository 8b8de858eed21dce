import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { textOf } from '../../jinja/values/text.ts'
import { DecimalValue } from '../python/decimal-value.ts'

interface Printable {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

const signature = new Signature('print_table', [
  'max_rows?',
  'max_columns?',
  'output?',
  'max_column_width?',
  'locale?',
  'max_precision?',
])

/**
 * A table in lines of text, as agate prints it: 20 rows, 6 columns, 20 characters a cell and 3 decimal places unless told otherwise.
 * Texts stand to the left, everything else to the right.
 */
export function printTable(table: Printable, args: readonly unknown[], kwargs: Kwargs): string {
  const [maxRows = 20, maxColumns = 6, , maxWidth = 20, , maxPrecision = 3] = signature.bind(args, kwargs)
  const limit = (value: unknown) => (value === null ? Number.POSITIVE_INFINITY : Number(value))
  const cut = (text: string) =>
    text.length > limit(maxWidth) ? `${text.slice(0, limit(maxWidth) - 3)}...` : text
  const shown = table.columns.slice(0, limit(maxColumns))
  const isCut = shown.length < table.columns.length
  const header = [...shown.map((column) => cut(column.name)), ...(isCut ? ['...'] : [])]
  const taken = table.rows.slice(0, limit(maxRows))
  const formats = shown.map(({ type }, index) =>
    type === 'Number' ? numberFormat(taken, index, limit(maxPrecision)) : textOf,
  )
  const rows = taken.map((row) => [
    ...formats.map((format, index) => (row[index] === null ? '' : cut(format(row[index])))),
    ...(isCut ? ['...'] : []),
  ])
  if (rows.length < table.rows.length) rows.push(header.map(() => '...'))
  const widths = header.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((text, index) =>
        table.columns[index]?.type === 'Text' ? text.padEnd(widths[index]!) : text.padStart(widths[index]!),
      )
      .join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(header), rule, ...rows.map(line)].join('\n')
}

/** Numbers of a column with as many places as the longest has, and thousands apart; longer ones than `most` end in an ellipsis. */
function numberFormat(
  rows: readonly (readonly unknown[])[],
  index: number,
  most: number,
): (value: unknown) => string {
  const longest = Math.max(0, ...rows.map((row) => placesOf(row[index])))
  const places = Math.min(longest, most)
  const style = {
    style: 'decimal',
    roundingMode: 'halfEven',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  } as const
  const format = new Intl.NumberFormat('en-US', style)
  return (value) => {
    const text = textOf(value)
    if (!NUMBER.test(text)) return text
    // As a text: a number of JavaScript's could not hold its digits.
    return `${format.format(text as `${number}`)}${longest > most ? '…' : ''}`
  }
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Decimal places of a number, zeros at the end left out. */
function placesOf(value: unknown): number {
  if (!(value instanceof DecimalValue) && typeof value !== 'number') return 0
  return /\.(\d*?)0*$/.exec(textOf(value))?.[1]?.length ?? 0
}
