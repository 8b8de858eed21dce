import type { LogicalType } from '../../batch/logical-type.ts'
import type { Finding } from '../../privacy/recognise/judge-column.ts'

/** What one scan tells of a column. */
export interface ColumnProfile {
  /** As the source has it. */
  readonly name: string
  readonly type: LogicalType
  readonly nulls: number
  /** Different values, about: within some per cent. */
  readonly distinct: number
  /** Whether no value but NULL occurs twice, exactly; only found out for columns that look so. */
  readonly unique: boolean
  /** The same, looking at each file on its own. */
  readonly uniqueInEachFile: boolean
  /** Least and greatest value of a numeric column, rounded to doubles. */
  readonly range: { readonly min: number; readonly max: number } | undefined
  /** Characters of the longest text. */
  readonly longest: number | undefined
  /** All values of a column of texts that has few. */
  readonly values: readonly string[] | undefined
  /** How every text of the column is written, when it is a date or time in one known way. */
  readonly dateFormat: DateFormat | undefined
}

/** A way of writing dates or times that only one reading fits. */
export interface DateFormat {
  /** As DuckDB's strptime takes it. */
  readonly pattern: string
  /** A regular expression for its shape. */
  readonly shape: string
  readonly type: 'date' | 'timestamp'
}

/** What is known of a table before a project is made of it. */
export interface TableProfile {
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  /** Pairs of columns that together are never repeated, of those that may well be a key. */
  readonly pairs: readonly (readonly [string, string])[]
  /** Columns, and places within JSON, that look like personal data. */
  readonly personal: readonly Finding[]
}
