import type { ComponentType } from '../builder.ts'
import { headerNumber, withinAllowance } from '../header-number.ts'

/** Until the time that a header says, in seconds since 1970. */
export const waitUntilTimeFromHeader: ComponentType<'backoff strategy'> = {
  type: 'WaitUntilTimeFromHeader',
  make(definition) {
    const read = headerNumber(definition)
    return {
      wait(outcome) {
        const until = read(outcome)
        const least = definition.optionalNumber('min_wait')
        const left = until === undefined ? undefined : until - Date.now() / 1000
        if (left === undefined) return least
        if (least !== undefined) return withinAllowance(definition, Math.max(left, least))
        return left < 0 ? undefined : withinAllowance(definition, left)
      },
    }
  },
}
