import { isJsonObject, type Json, type JsonObject, put } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import { encodeQuery, joinUrl, urlWithQuery } from '../../http/encode-url.ts'
import type { HttpRequest, HttpResponse } from '../../http/http-message.ts'
import type { RetryPolicy, Verdict } from '../../http/retrying-client.ts'
import { jsonText } from '../../records/sorted-json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { PaginationReset } from '../pagination-reset.ts'
import { queryOf } from '../query-of.ts'
import { requestTemplates } from '../request-templates.ts'
import { mergeParts, PartCollision } from '../roles/merge-parts.ts'
import type { RequestParts } from '../roles/request-parts.ts'
import type { Asking, Authenticator, ErrorHandler, Resolution } from '../roles/roles.ts'
import { requestScope } from '../stream-slice.ts'
import { defaultErrorHandler } from './default-error-handler.ts'
import { noAuth } from './no-auth.ts'

const WITH_BODY = /^(?:GET|POST|PUT|PATCH)$/

/** Makes requests of what all others give them, sends them, and has the answers judged. */
export const httpRequester: ComponentType<'requester'> = {
  type: 'HttpRequester',
  make(definition, builder) {
    const auth = definition.optionalChild('authenticator')
    const authenticator = builder.make('authenticator', auth ?? definition.at({ type: noAuth.type }))
    const handling = definition.optionalChild('error_handler')
    const errors = builder.make(
      'error handler',
      handling ?? definition.at({ type: defaultErrorHandler.type }),
    )
    const address = addressOf(definition)
    const templates = requestTemplates(definition)
    const method = definition.optionalText('http_method') ?? 'GET'
    const isCached = definition.get('use_cache') === true
    const timeouts = timeoutsOf(definition)

    const prepare = async (asking: Asking): Promise<HttpRequest> => {
      const scope = requestScope(asking.slice, asking.token)
      const url = address(scope, asking.path)
      const own = templates(scope)
      const credentials = await authenticator.parts()
      return requestOf(definition, method, url, [own, credentials, asking.parts])
    }
    return {
      async send(asking) {
        if (isCached) {
          const known = builder.cache.get(await prepare(asking))
          if (known !== undefined) return known
        }
        let resolution: Resolution | undefined
        const policy = retryPolicy(errors, authenticator, (latest) => {
          resolution = latest
        })
        const response = await builder.client.send(() => prepare(asking), policy, builder.signal, timeouts)
        if (isCached) builder.cache.keep(await prepare(asking), response)
        return isIgnored(resolution, response) ? undefined : response
      },
    }
  },
}

/** An answer that is to be ignored is still read where its status says that it is well. */
function isIgnored(resolution: Resolution | undefined, response: HttpResponse): boolean {
  return resolution?.action === 'IGNORE' && !response.isOk
}

type Address = (scope: ReturnType<typeof requestScope>, path: string | undefined) => string

function addressOf(definition: Definition): Address {
  const whole = definition.optionalExpression('url')
  const base = definition.optionalExpression('url_base')
  const own = definition.optionalExpression('path')
  return (scope, path) => {
    const start = base?.text(scope) || (whole?.text(scope) ?? '')
    return joinUrl(start, path ?? (own?.text(scope) ?? '').replace(/^\/+/, ''))
  }
}

function timeoutsOf(definition: Definition) {
  const connect = definition.optionalNumber('connect_timeout_in_seconds')
  const read = definition.optionalNumber('read_timeout_in_seconds')
  return {
    ...(connect === undefined ? {} : { connectTimeoutMs: connect * 1000 }),
    ...(read === undefined ? {} : { silenceTimeoutMs: read * 1000 }),
  }
}

function requestOf(
  definition: Definition,
  method: string,
  url: string,
  given: readonly RequestParts[],
): HttpRequest {
  const parts = merged(definition, given)
  const query = withoutRepeats(url, parts.request_parameter)
  for (const [name, value] of Object.entries(query)) {
    if (isJsonObject(value)) throw definition.problem(`the parameter "${name}" is an object`)
  }
  const headers: Record<string, string> = {
    Accept: '*/*',
    'Accept-Encoding': 'gzip, deflate',
    'User-Agent': 'waterworks',
  }
  for (const [name, value] of Object.entries(parts.header)) {
    for (const known of Object.keys(headers))
      if (known.toLowerCase() === name.toLowerCase()) delete headers[known]
    headers[name] = textOf(fromHost(value))
  }
  const { type, body } = WITH_BODY.test(method)
    ? bodyOf(definition, parts)
    : { type: undefined, body: undefined }
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (type !== undefined && !hasType) headers['Content-Type'] = type
  return { method, url: urlWithQuery(url, queryOf(query)), headers, body }
}

function merged(definition: Definition, given: readonly RequestParts[]): RequestParts {
  try {
    return mergeParts(given)
  } catch (error) {
    if (error instanceof PartCollision) throw definition.problem(error.message)
    throw error
  }
}

function bodyOf(
  definition: Definition,
  { body_data: data, body_json: json }: RequestParts,
): { readonly type: string | undefined; readonly body: string | undefined } {
  const hasJson = Object.keys(json).length > 0
  const hasData = typeof data === 'string' ? data !== '' : Object.keys(data).length > 0
  if (hasJson && hasData) throw definition.problem('a request has one body, JSON or another')
  if (hasJson) return { type: 'application/json', body: jsonText(json) }
  if (!hasData) return { type: undefined, body: undefined }
  if (typeof data === 'string') return { type: undefined, body: data }
  return { type: 'application/x-www-form-urlencoded', body: encodeQuery(queryOf(data)) }
}

/** Parameters that an address has already, with the same value, as those of a next page's often do, are not said twice. */
function withoutRepeats(url: string, parameters: JsonObject): JsonObject {
  const there = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '')
  const rest: JsonObject = {}
  for (const [name, value] of Object.entries(parameters)) {
    if (there.get(name) !== textOfValue(value)) put(rest, name, value)
  }
  return rest
}

function textOfValue(value: Json): string {
  return textOf(fromHost(value))
}

function retryPolicy(
  errors: ErrorHandler,
  authenticator: Authenticator,
  note: (resolution: Resolution) => void,
): RetryPolicy {
  let hasRenewed = false
  return {
    maxRetries: errors.maxRetries,
    maxSeconds: errors.maxSeconds,
    async judge(outcome, attempt): Promise<Verdict> {
      const resolution = errors.resolve(outcome)
      note(resolution)
      const { action, message } = resolution
      switch (action) {
        case 'SUCCESS':
        case 'IGNORE':
          return { action: 'accept' }
        case 'FAIL':
          return { action: 'fail', message }
        case 'RESET_PAGINATION':
          return { action: 'signal', signal: new PaginationReset() }
        case 'REFRESH_TOKEN_THEN_RETRY':
          // Credentials that were new a moment ago are refused for another reason than their age.
          if (hasRenewed || (await authenticator.renew?.()) !== true) return { action: 'fail', message }
          hasRenewed = true
          return { action: 'retry', message, waitSeconds: 0 }
        default:
          return { action: 'retry', message, waitSeconds: waitOf(errors, outcome, attempt) }
      }
    },
  }
}

function waitOf(errors: ErrorHandler, outcome: Parameters<ErrorHandler['resolve']>[0], attempt: number) {
  for (const strategy of errors.backoff) {
    const wait = strategy.wait(outcome, attempt)
    if (wait !== undefined && wait > 0) return wait
  }
  return undefined
}
