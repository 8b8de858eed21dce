import type { ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** A user and a password in the Authorization header. */
export const basicHttpAuthenticator: ComponentType<'authenticator'> = {
  type: 'BasicHttpAuthenticator',
  make(definition, builder) {
    const username = definition.expression('username')
    const password = definition.optionalExpression('password')
    return {
      async parts() {
        const encoded = Buffer.from(`${username.text()}:${password?.text() ?? ''}`).toString('base64')
        builder.learnSecret(encoded)
        return { ...NO_PARTS, header: { Authorization: `Basic ${encoded}` } }
      },
    }
  },
}
