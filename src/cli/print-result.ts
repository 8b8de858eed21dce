import type { Scalar } from '../engines/dialect.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { RowPage } from '../owner/owner-protocol.ts'
import type { Output } from './output.ts'
import { renderTable } from './render-table.ts'
import { sayAmount, sayCount } from './say-number.ts'
import { padWidth, textWidth } from './text-width.ts'

export const RESULT_FORMATS = ['table', 'csv', 'json', 'ndjson', 'markdown', 'parquet'] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

export interface ResultOptions {
  readonly format: Exclude<ResultFormat, 'parquet'>
  /** The most rows to print; undefined for all of them. */
  readonly limit: number | undefined
}

/** Rows a person is shown when no limit is given; other programs get all. */
export const SHOWN_ROWS = 100
/** The widest cell of a table for people. */
const WIDEST_CELL = 60

/**
 * Prints a query's rows as they come, in one of the formats; in JSON mode as the one document `{columns, rows,
 * truncated}`. Stops reading at the limit.
 */
export async function printResult(
  pages: AsyncIterable<RowPage>,
  options: ResultOptions,
  output: Output,
): Promise<void> {
  if (output.options.json) return printDocument(pages, options, output)
  switch (options.format) {
    case 'csv':
      return printCsv(pages, options, output)
    case 'json':
      return printJsonRows(pages, options, output)
    case 'ndjson':
      return printNdjson(pages, options, output)
    case 'table':
    case 'markdown':
      return printAligned(pages, options, output)
  }
}

/** The format a flag asks for. Throws WW7001 for one there is not. */
export function resultFormat(text: string | undefined): ResultFormat | undefined {
  if (text === undefined) return undefined
  const format = RESULT_FORMATS.find((each) => each === text)
  if (format !== undefined) return format
  throw new WaterworksError('WW7001', { message: `--format takes ${RESULT_FORMATS.join(', ')}, not ${text}` })
}

/** The number of rows that `--limit` asks for: undefined for all. Throws WW7001 for what is no count. */
export function rowLimit(text: string | undefined, otherwise: number | undefined): number | undefined {
  if (text === undefined) return otherwise
  const limit = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(limit)) {
    throw new WaterworksError('WW7001', { message: `--limit takes a whole number, not ${text}` })
  }
  return limit === 0 ? undefined : limit
}

type Row = readonly Scalar[]

interface Gathered {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly truncated: boolean
}

async function gather(pages: AsyncIterable<RowPage>, limit: number | undefined): Promise<Gathered> {
  let columns: readonly string[] = []
  const rows: Row[] = []
  for await (const page of pages) {
    columns = page.columns
    for (const row of page.rows) {
      if (rows.length === limit) return { columns, rows, truncated: true }
      rows.push(row)
    }
  }
  return { columns, rows, truncated: false }
}

/** Rows one by one, up to the limit, with the columns' names before the first. */
async function each(
  pages: AsyncIterable<RowPage>,
  limit: number | undefined,
  begin: (columns: readonly string[]) => Promise<void>,
  write: (row: Row) => Promise<void>,
): Promise<void> {
  let count = 0
  let begun = false
  for await (const page of pages) {
    if (!begun) await begin(page.columns)
    begun = true
    for (const row of page.rows) {
      if (count === limit) return
      count += 1
      await write(row)
    }
  }
}

async function printDocument(
  pages: AsyncIterable<RowPage>,
  { limit }: ResultOptions,
  output: Output,
): Promise<void> {
  const { columns, rows, truncated } = await gather(pages, limit)
  const names = distinctColumns(columns)
  output.jsonData({ columns: names, rows: rows.map((row) => objectOf(names, row)), truncated })
}

async function printAligned(
  pages: AsyncIterable<RowPage>,
  { format, limit }: ResultOptions,
  output: Output,
): Promise<void> {
  const { columns, rows, truncated } = await gather(pages, limit)
  const numeric = columns.map((_, index) => isNumeric(rows, index))
  const cells = rows.map((row) => row.map((value) => (value === null ? 'NULL' : String(value))))
  const lines =
    format === 'markdown'
      ? markdown(columns, cells, numeric)
      : renderTable(
          columns.map((title, index) => ({
            title,
            align: numeric[index] ? ('right' as const) : ('left' as const),
            widest: WIDEST_CELL,
          })),
          cells,
          { heading: output.paint.strong },
        )
  for (const line of lines) await output.write(`${line}\n`)
  if (format === 'markdown') return
  const said = truncated
    ? `the first ${sayCount(rows.length)} rows; --limit 0 shows all`
    : sayAmount(rows.length, 'row')
  output.print(output.paint.faint(`(${said})`))
}

function isNumeric(rows: readonly Row[], index: number): boolean {
  const values = rows.map((row) => row[index]).filter((value) => value !== null)
  return values.length > 0 && values.every((value) => isNumber(value))
}

/** Decimals come as text. */
function isNumber(value: Scalar | undefined): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    (typeof value === 'string' && DECIMAL.test(value))
  )
}

const DECIMAL = /^-?\d+\.\d+$/

function markdown(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  numeric: readonly boolean[],
): readonly string[] {
  const escaped = [columns, ...cells].map((row) =>
    row.map((cell) =>
      cell
        .replace(/\\/g, '\\\\')
        .replace(/\|/g, '\\|')
        .replace(/\r?\n|\r/g, '<br>'),
    ),
  )
  const widths = columns.map((_, index) => Math.max(3, ...escaped.map((row) => textWidth(row[index] ?? ''))))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, index) => padWidth(row[index] ?? '', width, numeric[index] ? 'right' : 'left')).join(' | ')} |`
  const rule = widths.map((width, index) =>
    numeric[index] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [line(escaped[0]!), line(rule), ...escaped.slice(1).map(line)]
}

/** RFC 4180, with NULL as an unquoted and the empty text as a quoted empty field. */
function printCsv(pages: AsyncIterable<RowPage>, { limit }: ResultOptions, output: Output): Promise<void> {
  const line = (values: Row) => output.write(`${values.map(csvField).join(',')}\r\n`)
  return each(pages, limit, line, line)
}

function csvField(value: Scalar): string {
  if (value === null) return ''
  const text = String(value)
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function printNdjson(
  pages: AsyncIterable<RowPage>,
  { limit }: ResultOptions,
  output: Output,
): Promise<void> {
  let names: readonly string[] = []
  await each(
    pages,
    limit,
    async (columns) => {
      names = distinctColumns(columns)
    },
    (row) => output.write(`${jsonText(objectOf(names, row))}\n`),
  )
}

async function printJsonRows(
  pages: AsyncIterable<RowPage>,
  { limit }: ResultOptions,
  output: Output,
): Promise<void> {
  let names: readonly string[] = []
  let separator = '[\n'
  await each(
    pages,
    limit,
    async (columns) => {
      names = distinctColumns(columns)
    },
    async (row) => {
      await output.write(`${separator}  ${jsonText(objectOf(names, row))}`)
      separator = ',\n'
    },
  )
  await output.write(separator === '[\n' ? '[]\n' : '\n]\n')
}

function objectOf(names: readonly string[], row: Row): Readonly<Record<string, Scalar>> {
  return Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))
}

/** Whole numbers beyond 2^53 become text: most readers of JSON would round them. */
function jsonText(value: Readonly<Record<string, Scalar>>): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
}

/** A result may have two columns of one name; an object cannot. */
export function distinctColumns(columns: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return columns.map((column) => {
    let name = column
    for (let number = 2; seen.has(name); number++) name = `${column}_${number}`
    seen.add(name)
    return name
  })
}
