import type { Pseudonyms } from '../transform/pseudonyms.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenVault } from './token-vault.ts'
import { treatColumn } from './treat-column.ts'
import { valuePolicy } from './value-policy.ts'

/** The hashes and tokens of the project's keys and vault, for columns on their way: the same as before anything lands. */
export function columnPseudonyms(keys: KeyRing, vault: TokenVault): Pseudonyms {
  const treat =
    (policy: 'hash' | 'token'): Pseudonyms['hash'] =>
    (column, rows) =>
      treatColumn(column, rows, valuePolicy({ kind: 'other', policy }, keys, vault))
  return { hash: treat('hash'), token: treat('token') }
}
