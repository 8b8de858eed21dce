import { isJsonObject, type Json, type JsonObject, member } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import { encodeQuery, urlWithQuery } from '../../http/encode-url.ts'
import type { HttpRequest } from '../../http/http-message.ts'
import { NetworkError } from '../../http/network-error.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { Builder, ComponentType } from '../builder.ts'
import { SingleUseTokens, type TokenPair } from '../credentials/single-use-tokens.ts'
import { TokenSeal } from '../credentials/token-seal.ts'
import type { Definition } from '../definition.ts'
import { evaluateMapping } from '../evaluate-mapping.ts'
import { valueAt } from '../json-path.ts'
import { queryOf } from '../query-of.ts'
import { NO_PARTS } from '../roles/request-parts.ts'
import type { Authenticator } from '../roles/roles.ts'
import { parseByFormat } from '../time/datetime-format.ts'
import { parseIsoDatetime } from '../time/iso-datetime.ts'

/** How long a token is taken to last that comes without a word on it. */
const DEFAULT_LIFETIME_MS = 3_600_000
const DEEPEST = 5

/** An access token, got anew by a refresh token or by the client's own credentials when it has expired. */
export const oauthAuthenticator: ComponentType<'authenticator'> = {
  type: 'OAuthAuthenticator',
  make(definition, builder) {
    const updater = definition.optionalChild('refresh_token_updater')
    if (updater !== undefined) return singleUse(definition, updater, builder)
    const endpoint = definition.optionalExpression('token_refresh_endpoint')
    let token = definition.optionalExpression('access_token_value')?.text()
    let expires = firstExpiry(definition, token)
    let renewing: Promise<void> | undefined

    const refresh = async (): Promise<void> => {
      const refreshToken = definition.optionalExpression('refresh_token')?.text()
      const answer = await ask(builder, await refreshRequest(definition, builder, refreshToken))
      const granted = grantedBy(answer, definition, builder)
      token = granted.access
      expires = granted.expires
    }
    const refreshOnce = (): Promise<void> => {
      renewing ??= refresh().finally(() => {
        renewing = undefined
      })
      return renewing
    }
    return {
      async parts() {
        const isStale = token === undefined || token === '' || Date.now() > expires
        if (endpoint !== undefined && isStale) await refreshOnce()
        return { ...NO_PARTS, header: { Authorization: `Bearer ${token ?? ''}` } }
      },
      async renew() {
        if (endpoint === undefined) return false
        await refreshOnce()
        return true
      },
    }
  },
}

/** Tokens whose successors come with every access token; the config has the first ones. */
function singleUse(definition: Definition, updater: Definition, builder: Builder): Authenticator {
  const { config } = definition.interpolation
  const at = (field: string, otherwise: string): string => {
    const path = updater.has(field) ? updater.texts(field) : ['credentials', otherwise]
    const value = valueAt(config, path) ?? null
    return value === null ? '' : textOf(fromHost(value))
  }
  const first = at('refresh_token_config_path', 'refresh_token')
  const expires = at('token_expiry_date_config_path', 'token_expiry_date')
  const text = (field: string) => definition.optionalExpression(field)?.text() ?? ''
  const seal = new TokenSeal(
    [text('client_secret'), first],
    `${text('token_refresh_endpoint')} ${text('client_id')}`,
  )
  const name = updater.optionalText('refresh_token_name') ?? 'refresh_token'
  const tokens = builder.shared(seal.name, () => {
    const store = builder.credentials
    if (store === undefined)
      throw definition.problem('refresh tokens that are good for one use cannot be kept here')
    const access = at('access_token_config_path', 'access_token')
    const given = {
      access,
      refresh: first,
      expires: expires === '' ? 0 : parseIsoDatetime(expires).micros / 1000,
    }
    return new SingleUseTokens(store, seal, given)
  })
  let used: string | undefined
  const refresh = async (refreshToken: string): Promise<TokenPair> => {
    const answer = await ask(builder, await refreshRequest(definition, builder, refreshToken))
    const next = find(answer, name, 0)
    const granted = grantedBy(answer, definition, builder)
    const successor = next === undefined || next === null ? refreshToken : textOf(fromHost(next))
    builder.learnSecret(successor)
    return { ...granted, refresh: successor }
  }
  const access = async (refused?: string) => {
    used = await tokens.access(refresh, refused)
    builder.learnSecret(used)
    return used
  }
  return {
    parts: async () => ({ ...NO_PARTS, header: { Authorization: `Bearer ${await access()}` } }),
    async renew() {
      await access(used)
      return true
    },
  }
}

/** The access token in an answer, and how long it lasts. */
function grantedBy(answer: Json, definition: Definition, builder: Builder): Omit<TokenPair, 'refresh'> {
  const field = (name: string, otherwise: string) => definition.optionalExpression(name)?.text() ?? otherwise
  const found = find(answer, field('access_token_name', 'access_token'), 0)
  if (found === undefined || found === null || found === '') {
    throw definition.problem('the answer to the refresh holds no access token')
  }
  const access = textOf(fromHost(found))
  builder.learnSecret(access)
  const until = find(answer, field('expires_in_name', 'expires_in'), 0)
  const expires =
    until === undefined || until === null ? Date.now() + DEFAULT_LIFETIME_MS : expiryOf(definition, until)
  return { access, expires }
}

function firstExpiry(definition: Definition, token: string | undefined): number {
  const date = definition.optionalExpression('token_expiry_date')?.text()
  if (token === undefined || date === undefined || date === '') return 0
  if (/^\d+$/.test(date)) return Number(date) * 1000
  return parseIsoDatetime(date).micros / 1000
}

/** Milliseconds since 1970 of what an answer says: seconds from now, or a time. */
function expiryOf(definition: Definition, value: Json): number {
  const format = definition.optionalText('token_expiry_date_format')
  if (format !== undefined) {
    return (format === '' ? parseIsoDatetime(String(value)) : parseByFormat(value, format)).micros / 1000
  }
  const seconds = Number(value)
  if (!Number.isFinite(seconds))
    throw definition.problem('the answer to the refresh says no number of seconds')
  return Date.now() + Math.trunc(seconds) * 1000
}

async function refreshRequest(
  definition: Definition,
  builder: Builder,
  refreshToken: string | undefined,
): Promise<HttpRequest> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(evaluateMapping(definition, 'refresh_request_headers'))) {
    if (value !== null) headers[name] = textOf(fromHost(value))
  }
  const payload = await payloadOf(definition, builder, 'Authorization' in headers, refreshToken)
  const query = queryOf(payload)
  const url = definition.expression('token_refresh_endpoint').text()
  if (definition.boolean('send_refresh_request_as_query_params')) {
    return { method: 'POST', url: urlWithQuery(url, query), headers, body: undefined }
  }
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url, headers: { ...form, ...headers }, body: encodeQuery(query) }
}

async function payloadOf(
  definition: Definition,
  builder: Builder,
  hasCredentials: boolean,
  refreshToken: string | undefined,
): Promise<JsonObject> {
  const field = (name: string, otherwise: string) => definition.optionalExpression(name)?.text() ?? otherwise
  const grantName = field('grant_type_name', 'grant_type')
  const assertion = definition.optionalChild('profile_assertion')
  if (assertion !== undefined && definition.condition('use_profile_assertion')?.isMet() === true) {
    const { header } = await builder.make('authenticator', assertion).parts()
    const token = String(Object.values(header)[0] ?? '').replace(/^\S+ /, '')
    return { [grantName]: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: token }
  }
  const payload: JsonObject = { [grantName]: field('grant_type', 'refresh_token') }
  if (!hasCredentials) {
    payload[field('client_id_name', 'client_id')] = field('client_id', '')
    payload[field('client_secret_name', 'client_secret')] = field('client_secret', '')
  }
  if (refreshToken !== undefined) payload[field('refresh_token_name', 'refresh_token')] = refreshToken
  const scopes = definition.texts('scopes')
  if (scopes.length > 0) payload['scopes'] = [...scopes]
  for (const [name, value] of Object.entries(evaluateMapping(definition, 'refresh_request_body'))) {
    if (!Object.hasOwn(payload, name)) payload[name] = value
  }
  return payload
}

async function ask(builder: Builder, request: HttpRequest): Promise<Json> {
  const response = await builder.client.send(
    async () => request,
    {
      maxRetries: 8,
      maxSeconds: 300,
      judge(outcome) {
        if (outcome instanceof NetworkError || outcome.status === 429 || outcome.status >= 500) {
          return { action: 'retry', message: undefined, waitSeconds: undefined }
        }
        return outcome.isOk
          ? { action: 'accept' }
          : { action: 'fail', message: 'the access token is not renewed' }
      },
    },
    builder.signal,
  )
  return parseJson(response.text)
}

/** A value by its name, however deep the answer hides it. */
function find(value: Json, name: string, depth: number): Json | undefined {
  if (depth > DEEPEST) return undefined
  if (isJsonObject(value)) {
    const own = member(value, name)
    if (own !== undefined) return own
  }
  const inner = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : []
  for (const item of inner) {
    const found = find(item, name, depth + 1)
    if (found !== undefined && found !== null) return found
  }
  return undefined
}
