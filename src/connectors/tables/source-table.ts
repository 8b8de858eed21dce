import type { TablePattern } from '../../project/pipeline.ts'

export interface SourceColumn {
  readonly name: string
  /** As the source writes it: `numeric(10,2)`. */
  readonly typeName: string
  readonly notNull: boolean
}

/** A table or view as the source's catalogue has it. */
export interface SourceTable extends TablePattern {
  /** Whether it holds rows itself (or in its partitions), rather than showing those of others. */
  readonly isStored: boolean
  readonly columns: readonly SourceColumn[]
  /** The primary key, else a unique key of columns that are never NULL; empty when there is neither. */
  readonly key: readonly string[]
  /** Rows as last counted; 0 or less when they never were. */
  readonly rows: number
}
