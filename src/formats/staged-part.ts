import type { Field } from '../batch/logical-type.ts'

/**
 * A landed part ready to be loaded by SQL of a DuckDB session. Each of its records is either one row of `from` or
 * one row of `rejects.from`, never both and never neither.
 */
export interface StagedPart {
  /** SQL that may stand in FROM: the fields, and `_ww_record` BIGINT, the record's number in the file from 1. */
  readonly from: string
  /** The fields of `from` in order, without `_ww_record`. */
  readonly fields: readonly Field[]
  readonly rows: number
  readonly rejects: Rejects
  /** The columns in which values are NULL because they cannot be read as its type; none unless asked for, and where there is none. */
  readonly misfits?: readonly Misfits[]
}

/** Values of one column that cannot be read as its type. */
export interface Misfits {
  readonly column: string
  /** The column of `from` with their texts; NULL in other rows. */
  readonly cell: string
}

export interface Rejects {
  /**
   * SQL that may stand in FROM: record BIGINT, line BIGINT, byte BIGINT (where the record begins; NULL in formats
   * that have no lines), reason VARCHAR (never with a value in it), payload VARCHAR (a JSON object of the texts by
   * column, or `{"_raw": …}` for a record that is not well-formed).
   */
  readonly from: string
  readonly rows: number
}

/** The column in which a staged row carries its record's number. */
export const RECORD_NUMBER = '_ww_record'
