import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TokenStore } from '../../privacy/token-vault.ts'

/** For who looks at what there is to read, and reads no values. */
export function noTokens(): Promise<TokenStore> {
  throw new WaterworksError('WW9001', { message: 'tokens were asked for where no values are read' })
}
