import type { ContractOrigin } from '../contract-origin.ts'

/**
 * What a change does to compatibility. backward: who goes by the new contract can read old data; forward: who goes by the old contract can
 * read new data; full: both; breaking: neither.
 */
export const COMPATIBILITIES = ['full', 'forward', 'backward', 'breaking'] as const
export type Compatibility = (typeof COMPATIBILITIES)[number]

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** `orders`, `orders.amount`, or the contract's name. */
  readonly at: string
  readonly compatibility: Compatibility
  /** What is other than before, in a sentence without a full stop. */
  readonly what: string
  /** Why it is as compatible as it is said to be. */
  readonly reason: string
  /** Where it stands, in the new contract, or in the old one where it is gone. */
  readonly origin: ContractOrigin
}

/** Whether consumers, who go by the contract as it was, may not read what is produced from now on. */
export function breaksConsumers({ compatibility }: ContractChange): boolean {
  return compatibility === 'backward' || compatibility === 'breaking'
}

/** The compatibility of several changes together. */
export function together(changes: readonly ContractChange[]): Compatibility {
  const lacksForward = changes.some(breaksConsumers)
  const lacksBackward = changes.some(
    ({ compatibility }) => compatibility === 'forward' || compatibility === 'breaking',
  )
  if (lacksForward && lacksBackward) return 'breaking'
  if (lacksForward) return 'backward'
  return lacksBackward ? 'forward' : 'full'
}
