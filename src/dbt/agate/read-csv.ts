import { PythonError } from '../../jinja/values/python-error.ts'
import { DateValue } from '../python/date-value.ts'
import { fromIsoText } from '../python/datetime-module.ts'
import { DecimalValue } from '../python/decimal-value.ts'
import { AgateTable, type AgateType } from './agate-table.ts'

export interface ReadCsvOptions {
  readonly delimiter?: string
  /** Columns that are text whatever they look like. */
  readonly textColumns?: readonly string[]
}

type Cast = (text: string) => unknown

const isDate = /^\d{4}-\d{1,2}-\d{1,2}$/
const isPlainMoment = /^\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{1,2}:\d{1,2}$/

/** What a column may be, tried in this order; undefined where a text cannot be read so. */
const casts: readonly (readonly [AgateType, Cast])[] = [
  ['Number', (text) => DecimalValue.parse(text.replace(/^[$€£¥]+|%$|,/g, ''))],
  ['Date', (text) => (isDate.test(text) ? moment(padded(text), true) : undefined)],
  // One form or the other in all of a column: with a space and whole seconds, or as ISO 8601 writes moments, with a T.
  ['DateTime', (text) => (isPlainMoment.test(text) ? moment(paddedMoment(text), false) : undefined)],
  ['DateTime', (text) => (text.includes('T') ? moment(text, false) : undefined)],
  ['Boolean', (text) => (/^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined)],
]

/** A seed's CSV as a table whose columns have the types that all of their values have, as agate finds them. */
export function readCsv(
  text: string,
  { delimiter = ',', textColumns = [] }: ReadCsvOptions,
  print: (text: string) => void,
): AgateTable {
  // A blank line is a row of nothing.
  const [header = [], ...rows] = recordsOf(text.replace(/^\uFEFF/, ''), delimiter)
  const columns = columnNames(header).map((name, index) => {
    const texts = rows.map((row) => row[index] ?? '')
    return { name, ...typed(texts, textColumns.includes(name)) }
  })
  return new AgateTable(
    columns.map(({ name, type }) => ({ name, type })),
    rows.map((_, row) => columns.map((column) => column.values[row] ?? null)),
    print,
  )
}

/** As agate names columns: those without a name by letters, a name that stands twice with a number. */
function columnNames(header: readonly string[]): readonly string[] {
  const names = new Set<string>()
  header.forEach((written, index) => {
    const name = written === '' ? letterName(index) : written
    let unique = name
    for (let count = 2; names.has(unique); count++) unique = `${name}_${count}`
    names.add(unique)
  })
  return [...names]
}

/** a to z, then aa to zz, aaa to zzz. */
function letterName(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1)
}

function typed(
  texts: readonly string[],
  isText: boolean,
): { readonly type: AgateType; readonly values: readonly unknown[] } {
  const isNull = (text: string) => text.trim() === '' || text.trim().toLowerCase() === 'null'
  if (!isText) {
    if (texts.every(isNull)) return { type: 'Integer', values: texts.map(() => null) }
    for (const [type, cast] of casts) {
      const values = texts.map((text) => (isNull(text) ? null : cast(text.trim())))
      if (!values.includes(undefined)) return { type, values }
    }
  }
  return { type: 'Text', values: texts.map((text) => (isNull(text) ? null : text)) }
}

function moment(text: string, isDate: boolean): unknown {
  try {
    const read = fromIsoText(text)
    if (isDate) return new DateValue(read.wall)
    return read
  } catch (error) {
    if (error instanceof PythonError) return undefined
    throw error
  }
}

function paddedMoment(text: string): string {
  const [date = '', time = ''] = text.split(/\s+/)
  return `${padded(date)} ${time.replace(/\d+/g, (part) => part.padStart(2, '0'))}`
}

function padded(date: string): string {
  return date
    .split('-')
    .map((part) => part.padStart(2, '0'))
    .join('-')
}

/** RFC 4180 as Python's csv module reads it: quotes double within quotes, and quoted fields may hold line ends. */
function recordsOf(text: string, delimiter: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (quoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') field += text[++at]
      else quoted = false
    } else if (character === '"' && field === '') quoted = true
    else if (character === delimiter) {
      record.push(field)
      field = ''
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[at + 1] === '\n') at++
      records.push([...record, field])
      record = []
      field = ''
    } else field += character
  }
  if (field !== '' || record.length > 0) records.push([...record, field])
  return records
}
