import { columnPseudonyms } from '../../privacy/column-pseudonyms.ts'
import { KeyRing } from '../../privacy/key-ring.ts'
import { type TokenStore, TokenVault } from '../../privacy/token-vault.ts'
import type { Project } from '../../project/project.ts'
import type { Pseudonyms } from '../../transform/pseudonyms.ts'

/** What stages put in the place of values, by the project's keys and vault. Missing keys are told of when they are needed. */
export function openPseudonyms({ privacy }: Project, tokens: () => Promise<TokenStore>): Pseudonyms {
  return columnPseudonyms(new KeyRing(privacy.keys), new TokenVault(tokens))
}
