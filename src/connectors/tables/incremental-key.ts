import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { KeyLag } from '../../project/pipeline.ts'
import type { SourceTable } from './source-table.ts'
import type { KeyAxis, KeyTerms, TableDialect } from './table-dialect.ts'

/** An incremental key in SQL of the source. */
export interface IncrementalKey extends KeyTerms {
  readonly column: string
  /** The lesser of `after` and `bound` less the lag, as a value of the key's type. */
  start(after: string, bound: string): string
}

const DEFAULT_LAG: Readonly<Record<KeyAxis, KeyLag>> = {
  time: { kind: 'time', hours: 10 / 60 },
  date: { kind: 'time', hours: 24 },
  whole: { kind: 'number', amount: 1000 },
  number: { kind: 'number', amount: 0 },
}
const MICROS_PER_HOUR = 3_600_000_000

/**
 * The key of a table. Throws WW4206 when it cannot be one.
 * @param lag as declared; undefined for the type's own where `identified`, else none
 * @param identified whether a row read again is told from a new one
 */
export function incrementalKey<Table extends SourceTable>(
  dialect: TableDialect<Table>,
  table: Table,
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
  const terms = dialect.keyTerms(table, own)
  if (terms === undefined) {
    throw new WaterworksError('WW4206', {
      message: `column ${column} of ${table.schema}.${table.name} is ${own.typeName}, which is no number and no time`,
    })
  }
  const { axis, value } = terms
  const distance = lag ?? (identified ? DEFAULT_LAG[axis] : undefined)
  const amount = distance === undefined ? 0 : amountOf(distance)
  const isTime = axis === 'time' || axis === 'date'
  if (distance !== undefined && (distance.kind === 'time') !== isTime && amount !== 0) {
    throw new WaterworksError('WW4206', {
      message: `lag is a ${distance.kind === 'time' ? 'duration' : 'number'}, and column ${column} is ${own.typeName}`,
    })
  }
  const less = (bound: string): string => (amount === 0 ? value(bound) : terms.less(value(bound), amount))
  return { ...terms, column, start: (after, bound) => `least(${value(after)}, ${less(bound)})` }
}

/** In microseconds, where it is a time. */
function amountOf(lag: KeyLag): number {
  return lag.kind === 'time' ? Math.ceil(lag.hours * MICROS_PER_HOUR) : lag.amount
}
