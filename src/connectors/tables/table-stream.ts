import type { LogicalType } from '../../batch/logical-type.ts'
import type { KeyLag, TablePattern } from '../../project/pipeline.ts'

/** A table that is a stream. */
export interface TableStream extends TablePattern {
  readonly stream: string
  /** Types that are declared rather than the mapped ones, by column. */
  readonly columns: Readonly<Record<string, LogicalType>>
  /** Reads what is above the position in this column; undefined reads everything. */
  readonly incremental: IncrementalRead | undefined
}

export interface IncrementalRead {
  readonly key: string
  readonly lag: KeyLag | undefined
  /** Whether the load tells a row that is read again from a new one. */
  readonly identified: boolean
  readonly onNullKey: 'raise' | 'include' | 'exclude'
}
