import type { Check } from '../quality/check.ts'
import type { ContractOrigin } from './contract-origin.ts'

/** A check that a contract demands of a dataset. */
export interface ContractCheck {
  /** Its `name` is unique within the contract. */
  readonly check: Check
  readonly column: string | undefined
  /** Unique ids of other datasets that it looks at. */
  readonly others: readonly string[]
  readonly description: string
  readonly origin: ContractOrigin
}

/** What of a contract is not checked, and why. */
export interface Unchecked {
  readonly message: string
  readonly hint?: string
  readonly origin: ContractOrigin
  /** Whether it is a mistake, and not only something that cannot be measured. */
  readonly isError?: boolean
}
