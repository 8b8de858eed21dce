import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** Says nothing. */
export const noAuth: ComponentType<'authenticator'> = {
  type: 'NoAuth',
  make: () => ({ parts: async () => NO_PARTS }),
}
