import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { textOf } from '../../jinja/values/text.ts'

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

/** A table in lines of text, as agate prints it: 20 rows, 6 columns, 20 characters a cell unless told otherwise. */
export function printTable(table: Printable, args: readonly unknown[], kwargs: Kwargs): string {
  const [maxRows = 20, maxColumns = 6, , maxWidth = 20] = signature.bind(args, kwargs)
  const limit = (value: unknown) => (value === null ? Number.POSITIVE_INFINITY : Number(value))
  const cut = (text: string) =>
    text.length > limit(maxWidth) ? `${text.slice(0, limit(maxWidth) - 3)}...` : text
  const shown = table.columns.slice(0, limit(maxColumns))
  const isCut = shown.length < table.columns.length
  const header = [...shown.map((column) => cut(column.name)), ...(isCut ? ['...'] : [])]
  const rows = table.rows
    .slice(0, limit(maxRows))
    .map((row) => [
      ...shown.map((_, index) => (row[index] === null ? '' : cut(textOf(row[index])))),
      ...(isCut ? ['...'] : []),
    ])
  if (rows.length < table.rows.length) rows.push(header.map(() => '...'))
  const widths = header.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]!.length)))
  const line = (cells: readonly string[], right: boolean) =>
    `| ${cells
      .map((text, index) =>
        right && isNumeric(shown[index]?.type) ? text.padStart(widths[index]!) : text.padEnd(widths[index]!),
      )
      .join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(header, false), rule, ...rows.map((row) => line(row, true))].join('\n')
}

function isNumeric(type: string | undefined): boolean {
  return type === 'Number' || type === 'Integer'
}
