import type { Dialect } from '../../engines/dialect.ts'

/** Which quarantined rows are meant; what is not given does not narrow. */
export interface QuarantineFilter {
  readonly pipeline?: string | undefined
  /** A part of the reason, whatever its case. */
  readonly reason?: string | undefined
  /** The run that rejected them. */
  readonly run?: string | undefined
  /** Ids of rows; none: all. */
  readonly ids?: readonly string[]
  /** Rows that were replayed as well. */
  readonly replayed?: boolean
}

/** A filter as a condition over the quarantine's columns. */
export function quarantineCondition(filter: QuarantineFilter, dialect: Dialect): string {
  const { literal } = dialect
  const { pipeline, reason, run, ids = [], replayed = false } = filter
  const conditions = [
    ...(replayed ? [] : ['replayed_at is null']),
    ...(pipeline === undefined ? [] : [`pipeline = ${literal(pipeline)}`]),
    ...(reason === undefined ? [] : [`position(lower(${literal(reason)}) in lower(reason)) > 0`]),
    ...(run === undefined ? [] : [`run_id = ${literal(run)}`]),
    ...(ids.length === 0 ? [] : [`quarantine_id in (${ids.map(literal).join(', ')})`]),
  ]
  return conditions.length === 0 ? '1 = 1' : conditions.join(' and ')
}

/**
 * Whether a row's record was not well-formed, so that there are no columns to replay: its payload is the raw text,
 * as the readers of files write it.
 */
export const IS_MALFORMED = `left(payload, 8) = '{"_raw":'`
