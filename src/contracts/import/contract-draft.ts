import type { LogicalType } from '../../batch/logical-type.ts'
import type { Scalar } from '../../engines/dialect.ts'

/** What is known of a table that is to get a contract. */
export interface ContractDraft {
  readonly name: string
  /** Where the table is, as `schema.table`. */
  readonly physicalName: string
  readonly description: string
  readonly columns: readonly ColumnDraft[]
}

export interface ColumnDraft {
  readonly name: string
  readonly description: string
  /** As the warehouse has it; undefined where the table is not built. */
  readonly type: LogicalType | undefined
  /** The name of the type on the target, or in the files of the project. */
  readonly typeName: string | undefined
  readonly required: boolean
  readonly unique: boolean
  readonly values: readonly Scalar[] | undefined
}
