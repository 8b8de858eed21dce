import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { NetworkError } from '../../http/network-error.ts'
import type { ComponentType } from '../builder.ts'
import { withinAllowance } from '../header-number.ts'
import { responseScope } from '../response-values.ts'

/** As many seconds as a template finds in the response. */
export const waitTimeFromResponse: ComponentType<'backoff strategy'> = {
  type: 'WaitTimeFromResponse',
  make(definition) {
    const seconds = definition.expression('wait_time_in_seconds')
    return {
      wait(outcome) {
        if (outcome instanceof NetworkError) return undefined
        try {
          const wait = Number(seconds.text(responseScope(outcome)))
          return Number.isFinite(wait) && wait > 0 ? withinAllowance(definition, wait) : undefined
        } catch (error) {
          // This answer does not say how long: the next strategy may know.
          if (error instanceof WaterworksError && error.code === 'WW4405') return undefined
          throw error
        }
      },
    }
  },
}
