import type { Dialect } from '../engines/dialect.ts'

/** What checks are compiled against. */
export interface CheckTarget {
  /** SQL that may stand after FROM: a relation's name, or a subquery with its alias. */
  readonly from: string
  readonly dialect: Dialect
  /** The run's clock, ISO 8601; what recency is measured by. */
  readonly now: string
}
