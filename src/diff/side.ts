import type { Field } from '../batch/logical-type.ts'

/** One of two datasets that are compared. */
export interface Side {
  /** What it is called to people. */
  readonly name: string
  /** SQL of DuckDB that may stand in FROM. */
  readonly from: string
  readonly fields: readonly Field[]
  /** Whether its columns have types of their own; those of texts (CSV, JSON) are guessed from values. */
  readonly isTyped: boolean
}
