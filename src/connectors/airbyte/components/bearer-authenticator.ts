import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** A token in the Authorization header. */
export const bearerAuthenticator: ComponentType<'authenticator'> = {
  type: 'BearerAuthenticator',
  make(definition) {
    const token = definition.expression('api_token')
    return { parts: async () => ({ ...NO_PARTS, header: { Authorization: `Bearer ${token.text()}` } }) }
  },
}
