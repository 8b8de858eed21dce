import type { Scalar } from '../engines/dialect.ts'
import type { Inclusive } from './bounds.ts'

/** The rules that judge each row alone. NULL fails `not_null` and passes every other rule, unless it says otherwise. */
export type RowRule =
  | { readonly rule: 'not_null'; readonly column: string }
  /** The column has no value; any value fails. */
  | { readonly rule: 'is_null'; readonly column: string }
  | { readonly rule: 'accepted_values'; readonly column: string; readonly values: readonly Scalar[] }
  | { readonly rule: 'rejected_values'; readonly column: string; readonly values: readonly Scalar[] }
  | {
      readonly rule: 'accepted_range'
      readonly column: string
      readonly min?: Scalar
      readonly max?: Scalar
      /** Whether the bounds themselves are accepted; true unless said. */
      readonly inclusive: Inclusive
    }
  /** The number of characters of the text. */
  | {
      readonly rule: 'length'
      readonly column: string
      readonly min?: number
      readonly max?: number
      readonly inclusive?: Inclusive
    }
  /** The text matches a regular expression somewhere; with `not`, nowhere. */
  | { readonly rule: 'matches'; readonly column: string; readonly pattern: string; readonly not?: boolean }
  /** The whole text matches a pattern of LIKE (`%`, `_`, no escapes); with `not`, it does not. */
  | { readonly rule: 'like'; readonly column: string; readonly pattern: string; readonly not?: boolean }
  /** A column beside another of the same row; NULL on either side passes. */
  | {
      readonly rule: 'compare'
      readonly column: string
      readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>='
      readonly other: string
    }
  /** An SQL expression that must be true; NULL passes, as in a CHECK constraint. */
  | { readonly rule: 'expression'; readonly expression: string }

const ROW_RULES: Readonly<Record<RowRule['rule'], true>> = {
  not_null: true,
  is_null: true,
  accepted_values: true,
  rejected_values: true,
  accepted_range: true,
  length: true,
  matches: true,
  like: true,
  compare: true,
  expression: true,
}

/** Whether a rule judges each row alone. */
export function isRowRule(rule: { readonly rule: string }): rule is RowRule {
  return Object.hasOwn(ROW_RULES, rule.rule)
}
