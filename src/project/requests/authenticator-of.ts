import type { JsonObject } from '../../api-manifest/json.ts'
import { asList } from '../schema/fields.ts'
import type { Auth } from '../schema/requests-entry.ts'

/** The component that lets requests in. What is secret goes into `config`, and is referred to. */
export function authenticatorOf(auth: Auth, config: JsonObject): JsonObject {
  const kept = (name: string, value: string | undefined): string => {
    config[name] = value ?? ''
    return `{{ config['${name}'] }}`
  }
  switch (auth.type) {
    case 'bearer':
      return { type: 'BearerAuthenticator', api_token: kept('token', auth.token) }
    case 'basic':
      return {
        type: 'BasicHttpAuthenticator',
        username: kept('username', auth.username),
        password: kept('password', auth.password),
      }
    case 'api_key': {
      const [inject_into, field_name] =
        auth.parameter === undefined
          ? ['header', auth.header ?? 'X-API-Key']
          : ['request_parameter', auth.parameter]
      return {
        type: 'ApiKeyAuthenticator',
        api_token: kept('api_key', auth.api_key),
        inject_into: { type: 'RequestOption', inject_into, field_name },
      }
    }
    case 'oauth': {
      const scopes = asList(auth.scopes)
      const refreshes = auth.refresh_token !== undefined
      return {
        type: 'OAuthAuthenticator',
        token_refresh_endpoint: auth.endpoint,
        client_id: kept('client_id', auth.client_id),
        client_secret: kept('client_secret', auth.client_secret),
        grant_type: refreshes ? 'refresh_token' : 'client_credentials',
        ...(refreshes ? { refresh_token: kept('refresh_token', auth.refresh_token) } : {}),
        ...(scopes.length > 0 ? { refresh_request_body: { scope: scopes.join(' ') } } : {}),
      }
    }
  }
}
