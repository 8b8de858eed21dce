import { NetworkError } from '../../http/network-error.ts'
import type { ComponentType } from '../builder.ts'
import { defaultResolution } from '../default-resolution.ts'

const MOST_RETRIES = 5
const MOST_SECONDS = 600

/** The first filter that knows what a response means, else what its status means to everyone. */
export const defaultErrorHandler: ComponentType<'error handler'> = {
  type: 'DefaultErrorHandler',
  make(definition, builder) {
    const filters = definition
      .children('response_filters')
      .map((filter) => builder.make('response filter', filter))
    return {
      maxRetries: definition.integer('max_retries') ?? MOST_RETRIES,
      maxSeconds: MOST_SECONDS,
      backoff: definition
        .children('backoff_strategies')
        .map((strategy) => builder.make('backoff strategy', strategy)),
      resolve(outcome) {
        if (outcome instanceof NetworkError) return defaultResolution(outcome)
        for (const filter of filters) {
          const resolution = filter.match(outcome)
          if (resolution !== undefined) return resolution
        }
        return defaultResolution(outcome)
      },
    }
  },
}
