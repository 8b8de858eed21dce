import type { Field } from '../../batch/logical-type.ts'

/** How the rows of a table are asked for, and what they are. */
export interface TableReading {
  /** What the columns are to be read as. */
  readonly fields: readonly Field[]
  /** What they are in the batches. */
  readonly landedAs: readonly Field[]
  /** The query of the rows that meet a condition. */
  query(condition: string | undefined): string
}
