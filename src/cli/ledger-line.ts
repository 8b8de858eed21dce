import type { Ledger } from '../ledger/ledger.ts'
import { outcomeTerms } from './ledger-terms.ts'
import { sayCount } from './say-number.ts'

const TERMS = [
  ['extracted', 'in'],
  ['expanded', 'expanded'],
  ...outcomeTerms,
  ['late', 'late'],
] as const satisfies readonly (readonly [keyof Ledger, string])[]

/** Where rows went, in words, without the terms that are nothing: "3,000 in: 2,997 inserted, 3 rejected". */
export function ledgerLine(ledger: Ledger): string {
  const [into, ...others] = TERMS.filter(([key]) => key === 'extracted' || ledger[key] > 0).map(
    ([key, word]) => `${sayCount(ledger[key])} ${word}`,
  )
  return others.length === 0 ? into! : `${into}: ${others.join(', ')}`
}
