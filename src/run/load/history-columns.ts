import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import type { Load } from '../../project/pipeline.ts'

/** The columns that make a row of a table a version: when it held, and whether it still does. */
export interface HistoryColumns {
  /** The arrived column that says since when a row holds; without it, since the load. */
  readonly effectiveAt: string | undefined
  readonly validFrom: Field
  readonly validTo: Field
  readonly isCurrent: Field
}

const LOAD_TIME: LogicalType = { kind: 'timestamptz' }

/**
 * The history columns that a pipeline's strategy adds to its table of versions, undefined where it keeps none. Throws WW4302 when
 * the column that says since when a row holds is missing or no date or timestamp.
 * @param arrived the rows' own columns
 */
export function historyColumns(load: Load, arrived: readonly Field[]): HistoryColumns | undefined {
  if (traitsOf(load.strategy).versions === undefined) return undefined
  const { effectiveAt, validFrom, validTo, isCurrent } = load.history
  const type = momentType(load, arrived)
  return {
    effectiveAt,
    validFrom: { name: validFrom, type },
    validTo: { name: validTo, type },
    isCurrent: { name: isCurrent, type: { kind: 'boolean' } },
  }
}

/** Their names, which rows must not bring themselves. */
export function historyNames(load: Load): readonly string[] {
  const { validFrom, validTo, isCurrent } = load.history
  return traitsOf(load.strategy).versions === 'in the table' ? [validFrom, validTo, isCurrent] : []
}

/** The type of the moments since which rows hold. Throws WW4302. */
export function momentType({ history: { effectiveAt } }: Load, arrived: readonly Field[]): LogicalType {
  return effectiveAt === undefined ? LOAD_TIME : typeOf(effectiveAt, arrived)
}

function typeOf(column: string, fields: readonly Field[]): LogicalType {
  const type = fields.find((field) => field.name === column)?.type
  if (type?.kind === 'date' || type?.kind === 'timestamp' || type?.kind === 'timestamptz') return type
  const message =
    type === undefined
      ? `the rows have no column ${column}, which is to say since when they hold`
      : `column ${column} is to say since when rows hold, but is no date or timestamp`
  throw new WaterworksError('WW4302', { message })
}
