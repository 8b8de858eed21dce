import { isJsonObject, type Json, member } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import type { HttpRequest, HttpResponse } from '../../http/http-message.ts'
import { parseJson } from '../../records/parse-json.ts'
import { jsonText } from '../../records/sorted-json.ts'
import type { Builder, ComponentType } from '../builder.ts'
import { NO_PARTS } from '../roles/request-parts.ts'

/** A session of the config if it still stands, else one by user and password. */
export const legacySessionTokenAuthenticator: ComponentType<'authenticator'> = {
  type: 'LegacySessionTokenAuthenticator',
  make(definition, builder) {
    const field = (name: string) => definition.optionalExpression(name)?.text() ?? ''
    let session: Promise<string> | undefined
    const login = async (): Promise<string> => {
      const given = field('session_token')
      const check = `${field('api_url')}${field('validate_session_url')}`
      if (given !== '' && (await stands(builder, check, { [field('header')]: given }))) return given
      const [username, password] = [field('username'), field('password')]
      if (username === '' || password === '') {
        throw definition.problem('the session of the config is over, and it has no user and password')
      }
      const response = await ask(builder, {
        method: 'POST',
        url: `${field('api_url')}${field('login_url')}`,
        headers: { 'Content-Type': 'application/json' },
        body: jsonText({ username, password }),
      })
      const body: Json = parseJson(response.text)
      const token = isJsonObject(body) ? member(body, field('session_token_response_key')) : undefined
      if (token === undefined) throw definition.problem('the answer to the login has no session')
      return textOf(fromHost(token))
    }
    return {
      async parts() {
        session ??= login()
        const token = await session
        builder.learnSecret(token)
        return { ...NO_PARTS, header: { [field('header')]: token } }
      },
    }
  },
}

async function stands(builder: Builder, url: string, headers: HttpRequest['headers']): Promise<boolean> {
  const response = await ask(builder, { method: 'GET', url, headers, body: undefined }, 401)
  return response.isOk
}

function ask(builder: Builder, request: HttpRequest, taken?: number): Promise<HttpResponse> {
  return builder.client.send(
    async () => request,
    {
      maxRetries: 5,
      maxSeconds: 600,
      judge(outcome) {
        if (!('status' in outcome)) return { action: 'retry', message: undefined, waitSeconds: undefined }
        if (outcome.isOk || outcome.status === taken) return { action: 'accept' }
        if (outcome.status < 500 && outcome.status !== 429) return { action: 'fail', message: undefined }
        return { action: 'retry', message: undefined, waitSeconds: undefined }
      },
    },
    builder.signal,
  )
}
