import type { ComponentType } from '../builder.ts'
import { errorText, responseScope } from '../response-values.ts'
import type { Resolution } from '../roles/roles.ts'

const ACTIONS = [
  ...(['SUCCESS', 'RETRY', 'RATE_LIMITED', 'REFRESH_TOKEN_THEN_RETRY', 'IGNORE', 'FAIL'] as const),
  'RESET_PAGINATION',
] as const

/** What a response means that has one of these statuses, says these words or meets a condition. */
export const httpResponseFilter: ComponentType<'response filter'> = {
  type: 'HttpResponseFilter',
  make(definition) {
    const named = definition.optionalText('action')
    const action = ACTIONS.find((each) => each === named)
    if (named !== undefined && action === undefined) {
      throw definition.problem(`the action ${named} is not there yet`)
    }
    const codes = new Set(definition.texts('http_codes').map(Number))
    const words = definition.optionalText('error_message_contains') ?? ''
    const predicate = definition.condition('predicate')
    const message = definition.optionalExpression('error_message')
    return {
      match(response): Resolution | undefined {
        const matches =
          codes.has(response.status) ||
          predicate?.isMet(responseScope(response)) === true ||
          (words !== '' && (errorText(response)?.includes(words) ?? false))
        if (!matches || action === undefined) return undefined
        return { action, message: message?.text(responseScope(response)) }
      },
    }
  },
}
