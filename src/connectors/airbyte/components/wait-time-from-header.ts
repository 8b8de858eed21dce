import type { ComponentType } from '../builder.ts'
import { headerNumber, withinAllowance } from '../header-number.ts'

/** As many seconds as a header says. */
export const waitTimeFromHeader: ComponentType<'backoff strategy'> = {
  type: 'WaitTimeFromHeader',
  make(definition) {
    const read = headerNumber(definition)
    return {
      wait(outcome) {
        const seconds = read(outcome)
        return seconds === undefined || seconds === 0 ? undefined : withinAllowance(definition, seconds)
      },
    }
  },
}
