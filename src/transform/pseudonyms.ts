import type { Column } from '../batch/batch.ts'

/** Puts another text in the place of every value of a column, as is done of personal data before it lands; NULL and the empty text stay. */
export interface Pseudonyms {
  /** Keyed hashes. Throws WW4601 without a key. */
  hash(column: Column, rows: number): Promise<Column>
  /** Tokens. Throws WW4601 without a key. */
  token(column: Column, rows: number): Promise<Column>
}
