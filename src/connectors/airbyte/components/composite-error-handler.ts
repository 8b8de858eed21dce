import type { ComponentType } from '../builder.ts'
import { defaultResolution } from '../default-resolution.ts'
import type { Resolution } from '../roles/roles.ts'

/** These end the asking; with any other a later handler may know better. */
const DECISIVE = new Set<Resolution['action']>(['SUCCESS', 'RETRY', 'IGNORE', 'RESET_PAGINATION'])

/** Asks several handlers in turn. */
export const compositeErrorHandler: ComponentType<'error handler'> = {
  type: 'CompositeErrorHandler',
  make(definition, builder) {
    const handlers = definition.children('error_handlers').map((each) => builder.make('error handler', each))
    if (handlers.length === 0) throw definition.problem('"error_handlers" is empty')
    return {
      maxRetries: handlers[0]?.maxRetries ?? 0,
      maxSeconds: Math.max(...handlers.map((handler) => handler.maxSeconds)),
      backoff: handlers.flatMap((handler) => handler.backoff),
      resolve(outcome) {
        let last: Resolution | undefined
        for (const handler of handlers) {
          last = handler.resolve(outcome)
          if (DECISIVE.has(last.action)) return last
        }
        return last ?? defaultResolution(outcome)
      },
    }
  },
}
