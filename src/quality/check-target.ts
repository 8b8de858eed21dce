import type { Field, LogicalType } from '../batch/logical-type.ts'
import type { Dialect } from '../engines/dialect.ts'

/** What checks are compiled against. */
export interface CheckTarget {
  /** SQL that may stand after FROM: a relation's name, or a subquery with its alias. */
  readonly from: string
  readonly dialect: Dialect
  /** The run's clock, ISO 8601; what recency is measured by. */
  readonly now: string
  /** What is known of the rows without reading them, as the footers of files tell it. */
  readonly known?: KnownStatistics
}

/** SQL for what is known. Each expression is NULL where the answer is not known exactly after all. */
export interface KnownStatistics {
  readonly fields: readonly Field[]
  /** What may stand after FROM. */
  readonly from: string
  readonly rowCount: string
  nullCount(column: string): string
  extreme(which: 'min' | 'max', column: string, type: LogicalType): string | undefined
}
