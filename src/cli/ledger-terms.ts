import type { Ledger } from '../ledger/ledger.ts'

/** What can become of a row, in the order and the words in which people are told. */
export const outcomeTerms = [
  ['inserted', 'inserted'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['deleted', 'deleted'],
  ['deduplicated', 'duplicates'],
  ['filtered', 'filtered'],
  ['folded', 'folded'],
  ['rejected', 'rejected'],
  ['held', 'held'],
] as const satisfies readonly (readonly [keyof Ledger, string])[]
