import type { Json } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import type { Builder, ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { firstValue } from '../first-value.ts'
import { valueAt } from '../json-path.ts'
import { NO_PARTS, partsOf, type RequestParts } from '../roles/request-parts.ts'
import { WHOLE_STREAM } from '../stream-slice.ts'
import { parseDuration } from '../time/duration.ts'
import { jsonDecoder } from './json-decoder.ts'
import { requestOption } from './request-option.ts'

/** Logs in, and shows the token it is given with every request until that expires. */
export const sessionTokenAuthenticator: ComponentType<'authenticator'> = {
  type: 'SessionTokenAuthenticator',
  make(definition, builder) {
    const path = definition.texts('session_token_path')
    const lasts = lifetimeOf(definition)
    const inner = definition.optionalChild('decoder')
    const decoder =
      inner === undefined ? jsonDecoder.make(definition, builder) : builder.make('decoder', inner)
    const login = builder.withDecoder(decoder).make('requester', definition.child('login_requester'))
    const show = showingOf(definition.child('request_authentication'), builder)
    let token: string | undefined
    let expires = 0
    let renewing: Promise<void> | undefined

    const renew = async (): Promise<void> => {
      const response = await login.send({
        slice: WHOLE_STREAM,
        token: undefined,
        path: undefined,
        parts: NO_PARTS,
      })
      const body = response === undefined ? undefined : await firstValue(decoder.decode(response))
      const found = body === undefined ? undefined : valueAt(body, path)
      if (found === undefined || found === null) {
        throw definition.problem(`the answer to the login has no ${path.join('.')}`)
      }
      token = textOf(fromHost(found))
      builder.learnSecret(token)
      expires = lasts === undefined ? 0 : Date.now() + lasts
    }
    const renewOnce = (): Promise<void> => {
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      return renewing
    }
    return {
      async parts() {
        if (token === undefined || Date.now() >= expires) await renewOnce()
        return show(token ?? '')
      },
    }
  },
}

/** Milliseconds; undefined for a token that is good for one request. */
function lifetimeOf(definition: Definition): number | undefined {
  const text = definition.optionalText('expiration_duration')
  if (text === undefined) return undefined
  const duration = parseDuration(text)
  if (duration === undefined) throw definition.problem(`"expiration_duration" is no ISO 8601 duration`)
  return duration.months * 30 * 86_400_000 + duration.micros / 1000
}

function showingOf(definition: Definition, builder: Builder): (token: string) => RequestParts {
  if (definition.type === 'Bearer') {
    return (token) => ({ ...NO_PARTS, header: { Authorization: `Bearer ${token}` } })
  }
  if (definition.type !== 'ApiKey') throw definition.missing('session token')
  const option = requestOption.make(definition.child('inject_into'), builder)
  const template = definition.optionalExpression('api_token')
  return (token) => {
    const value: Json = template === undefined ? token : template.text({ session_token: token })
    return partsOf(option, value)
  }
}
