import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** One page is all there is. */
export const noPagination: ComponentType<'paginator'> = {
  type: 'NoPagination',
  make: () => ({
    initialToken: undefined,
    next: async () => undefined,
    path: () => undefined,
    parts: () => NO_PARTS,
  }),
}
