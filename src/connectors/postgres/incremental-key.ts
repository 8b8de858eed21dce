import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { KeyLag } from '../../project/pipeline.ts'
import { quoteName, quoteText } from './source-sql.ts'
import type { SourceTable } from './source-table.ts'
import { axisOf, type KeyAxis } from './source-type.ts'

/** An incremental key in SQL of the source. */
export interface IncrementalKey {
  readonly column: string
  /** The column's name in SQL. */
  readonly name: string
  /** Holds for rows that lie nowhere on the key's axis: NULL, infinities, NaN; undefined when there can be none. */
  readonly keyless: string | undefined
  /** A text of the key as a value of its type. */
  value(text: string): string
  /** The lesser of `after` and `bound` less the lag, as a value of the key's type. */
  start(after: string, bound: string): string
}

const DEFAULT_LAG: Readonly<Record<KeyAxis, KeyLag>> = {
  time: { kind: 'time', hours: 10 / 60 },
  date: { kind: 'time', hours: 24 },
  whole: { kind: 'number', amount: 1000 },
  number: { kind: 'number', amount: 0 },
}

/**
 * The key of a table. Throws WW4206 when it cannot be one.
 * @param lag as declared; undefined for the type's own where `identified`, else none
 * @param identified whether a row read again is told from a new one
 */
export function incrementalKey(
  table: SourceTable,
  column: string,
  lag: KeyLag | undefined,
  identified: boolean,
): IncrementalKey {
  const own = table.columns.find((candidate) => candidate.name === column)
  if (own === undefined) {
    const near = suggest(
      column,
      table.columns.map((candidate) => candidate.name),
    )
    throw new WaterworksError('WW4206', {
      message: `${table.schema}.${table.name} has no column ${column}`,
      hint: near ? `Did you mean ${near}?` : undefined,
    })
  }
  const axis = axisOf(own.typeId)
  if (axis === undefined) {
    throw new WaterworksError('WW4206', {
      message: `column ${column} of ${table.schema}.${table.name} is ${own.typeName}, which is no number and no time`,
    })
  }
  const distance = lag ?? (identified ? DEFAULT_LAG[axis] : undefined)
  const isTime = axis === 'time' || axis === 'date'
  if (distance !== undefined && (distance.kind === 'time') !== isTime && amountOf(distance) !== 0) {
    throw new WaterworksError('WW4206', {
      message: `lag is a ${distance.kind === 'time' ? 'duration' : 'number'}, and column ${column} is ${own.typeName}`,
    })
  }
  const name = quoteName(column)
  const value = (text: string): string => `${quoteText(text)}::${own.typeName}`
  return {
    column,
    name,
    keyless: keylessCondition(name, axis, own.notNull),
    value,
    start: (after, bound) => `least(${value(after)}, ${less(value(bound), axis, own.typeName, distance)})`,
  }
}

function amountOf(lag: KeyLag): number {
  return lag.kind === 'time' ? lag.hours : lag.amount
}

/** What lies below every key of the type is cut off at its least value. */
function less(bound: string, axis: KeyAxis, typeName: string, lag: KeyLag | undefined): string {
  const amount = lag === undefined ? 0 : amountOf(lag)
  if (amount === 0) return bound
  switch (axis) {
    case 'whole':
      return `greatest(${bound}::numeric - ${Math.ceil(amount)}, ${LEAST[typeName] ?? LEAST['bigint']})::${typeName}`
    case 'number':
      return `(${bound} - ${amount})::${typeName}`
    default: {
      const micros = Math.ceil(amount * 3_600_000_000)
      return `(${bound} - interval '${micros} microseconds')::${typeName}`
    }
  }
}

const LEAST: Readonly<Record<string, string>> = {
  smallint: '(-32768)',
  integer: '(-2147483648)',
  bigint: '(-9223372036854775808)',
}

function keylessCondition(name: string, axis: KeyAxis, notNull: boolean): string | undefined {
  switch (axis) {
    case 'whole':
      return notNull ? undefined : `${name} is null`
    case 'number':
      return `(${name} is null or ${name}::text in ('NaN', 'Infinity', '-Infinity'))`
    default:
      return `(${name} is null or not isfinite(${name}))`
  }
}
