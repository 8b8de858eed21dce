import type { ContractOrigin } from './contract-origin.ts'

/** What ODCS measures by name. */
export const LIBRARY_METRICS = [
  'nullValues',
  'missingValues',
  'invalidValues',
  'duplicateValues',
  'rowCount',
] as const

export type LibraryMetric = (typeof LIBRARY_METRICS)[number]

/** A value that a measure is compared with. */
export type Bound = number | bigint | string | boolean | null

/** What must hold of a measured value. */
export type Demand =
  | { readonly is: 'equal' | 'not equal'; readonly to: Bound }
  | { readonly is: 'greater' | 'greater or equal' | 'less' | 'less or equal'; readonly to: number | bigint }
  | {
      readonly is: 'between' | 'not between'
      readonly low: number | bigint
      readonly high: number | bigint
    }

interface Common {
  readonly name: string | undefined
  readonly description: string
  readonly dimension: string | undefined
  readonly severity: string | undefined
  readonly origin: ContractOrigin
}

/** A quality rule of a contract; the forms are ODCS's. */
export type ContractQuality =
  | (Common & { readonly type: 'text' })
  | (Common & {
      readonly type: 'library'
      readonly metric: LibraryMetric
      readonly arguments: Readonly<Record<string, unknown>>
      readonly demands: readonly Demand[]
      readonly unit: 'rows' | 'percent'
    })
  | (Common & { readonly type: 'sql'; readonly query: string; readonly demands: readonly Demand[] })
  /** An SQL expression that is true, or NULL, of every row: the short form's. */
  | (Common & { readonly type: 'expression'; readonly expression: string })
  | (Common & {
      readonly type: 'custom'
      readonly engine: string
      readonly implementation: string | Readonly<Record<string, unknown>>
    })
