import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { partsOf, type RequestOption } from '../roles/request-parts.ts'
import { requestOption } from './request-option.ts'

/** A key wherever the API wants it. */
export const apiKeyAuthenticator: ComponentType<'authenticator'> = {
  type: 'ApiKeyAuthenticator',
  make(definition, builder) {
    const token = definition.optionalExpression('api_token')
    const option = definition.optionalChild('inject_into')
    const place: RequestOption =
      option === undefined ? headerOf(definition) : requestOption.make(option, builder)
    return { parts: async () => partsOf(place, token?.text() ?? '') }
  },
}

/** An older way to say which header. */
function headerOf(definition: Definition): RequestOption {
  const header = definition.expression('header')
  return {
    part: 'header',
    put(target, value) {
      target[header.text()] = value
    },
  }
}
