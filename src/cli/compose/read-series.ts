import type { Point } from '../../anomalies/point.ts'
import type { Scalar } from '../../engines/dialect.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { RowPage } from '../../owner/owner-protocol.ts'

/** The rows of a series, and the points among them. */
export interface ReadSeries {
  readonly time: string
  readonly value: string
  readonly rows: readonly SeriesRow[]
}

export interface SeriesRow {
  /** The moment as it was written. */
  readonly written: Scalar
  /** Undefined where no value was measured. */
  readonly point: Point | undefined
}

/** The columns to read, where they are not the ones that are plain. */
export interface SeriesColumns {
  readonly time?: string | undefined
  readonly value?: string | undefined
}

/** Whole numbers up to this are seconds since 1970, larger ones milliseconds. */
const SECONDS = 1e11

/**
 * Rows as a series: moments of the column that is named, or `timestamp`, or the first; numbers of the one that is named, or
 * `value`, or the second. Throws WW5401 for what is none, WW5402 where time runs backwards.
 */
export async function readSeries(pages: AsyncIterable<RowPage>, wanted: SeriesColumns): Promise<ReadSeries> {
  let found:
    | { readonly time: number; readonly value: number; readonly columns: readonly string[] }
    | undefined
  const rows: SeriesRow[] = []
  let last = Number.NEGATIVE_INFINITY
  for await (const page of pages) {
    found ??= columnsOf(page.columns, wanted)
    for (const row of page.rows) {
      const number = rows.length + 1
      const written = row[found.time] ?? null
      const at = momentOf(written)
      if (at === undefined) {
        throw new WaterworksError('WW5401', {
          message: `row ${number}: the column ${found.columns[found.time]} holds no moment`,
        })
      }
      if (at < last)
        throw new WaterworksError('WW5402', { message: `row ${number} is earlier than the one before it` })
      last = at
      const value = measured(row[found.value] ?? null, number, found.columns[found.value]!)
      rows.push({ written, point: value === undefined ? undefined : { at, value } })
    }
  }
  if (found === undefined || rows.length === 0)
    throw new WaterworksError('WW5401', { message: 'the series has no rows' })
  return { time: found.columns[found.time]!, value: found.columns[found.value]!, rows }
}

function columnsOf(columns: readonly string[], wanted: SeriesColumns) {
  const placeOf = (name: string | undefined, usual: string, otherwise: number) => {
    const place = columns.findIndex((column) => column.toLowerCase() === (name ?? usual).toLowerCase())
    if (place >= 0 || name === undefined) return place >= 0 ? place : otherwise
    const near = suggest(name, columns)
    throw new WaterworksError('WW5401', {
      message: `there is no column ${name}`,
      hint: near ? `Did you mean ${near}?` : `The columns are ${columns.join(', ')}.`,
    })
  }
  const time = placeOf(wanted.time, 'timestamp', 0)
  const value = placeOf(wanted.value, 'value', time === 0 ? 1 : 0)
  if (columns[value] !== undefined && time !== value) return { time, value, columns }
  throw new WaterworksError('WW5401', {
    message: `of ${columns.join(', ')}, no column is left for the numbers`,
  })
}

function momentOf(written: Scalar): number | undefined {
  if (typeof written === 'number' || typeof written === 'bigint') {
    const number = Number(written)
    return Math.abs(number) <= SECONDS ? number * 1000 : number
  }
  if (typeof written !== 'string') return undefined
  const text = written.trim().replace(' ', 'T')
  // Without a zone, ECMAScript takes a moment for local time: series are taken for UTC.
  const zoned = /T.*(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text) || !text.includes('T') ? text : `${text}Z`
  const at = Date.parse(zoned)
  return Number.isNaN(at) ? undefined : at
}

function measured(value: Scalar, row: number, column: string): number | undefined {
  if (value === null || value === '') return undefined
  const number = typeof value === 'boolean' ? Number.NaN : Number(value)
  if (!Number.isNaN(number)) return Number.isFinite(number) ? number : undefined
  if (typeof value === 'number') return undefined
  throw new WaterworksError('WW5401', { message: `row ${row}: the column ${column} holds no number` })
}
