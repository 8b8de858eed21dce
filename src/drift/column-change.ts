import type { LogicalType } from '../batch/logical-type.ts'

/** How a column that arrives compares with that of the table. `column` is its name in the table, where it has one. */
export type ColumnChange =
  | { readonly kind: 'added'; readonly column: string; readonly to: LogicalType }
  | { readonly kind: 'removed'; readonly column: string; readonly from: LogicalType }
  /** By likeness: one column went, one of the same type and a like name came, and no other is as near. */
  | {
      readonly kind: 'renamed'
      readonly column: string
      readonly newName: string
      readonly type: LogicalType
    }
  /** Every value of the old type is one of the new. */
  | {
      readonly kind: 'widened'
      readonly column: string
      readonly from: LogicalType
      readonly to: LogicalType
    }
  /** Any other two types. */
  | {
      readonly kind: 'changed'
      readonly column: string
      readonly from: LogicalType
      readonly to: LogicalType
    }
  | { readonly kind: 'unchanged'; readonly column: string; readonly type: LogicalType }

export type RealChange = Exclude<ColumnChange, { readonly kind: 'unchanged' }>

/** Whether anything is other than it was. */
export function isReal(change: ColumnChange): change is RealChange {
  return change.kind !== 'unchanged'
}
