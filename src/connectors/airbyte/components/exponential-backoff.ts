import type { ComponentType } from '../builder.ts'

/** Twice as long each time. */
export const exponentialBackoff: ComponentType<'backoff strategy'> = {
  type: 'ExponentialBackoffStrategy',
  make(definition) {
    const factor = definition.optionalExpression('factor')
    const jitter = definition.optionalNumber('jitter_range_in_seconds') ?? 0
    return {
      wait: (_outcome, attempt) => Number(factor?.text() ?? 5) * 2 ** attempt + Math.random() * jitter * 2,
    }
  },
}
