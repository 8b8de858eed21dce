import type { ComponentType } from '../builder.ts'

/** The same wait each time. */
export const constantBackoff: ComponentType<'backoff strategy'> = {
  type: 'ConstantBackoffStrategy',
  make(definition) {
    const seconds = definition.expression('backoff_time_in_seconds')
    const jitter = definition.optionalNumber('jitter_range_in_seconds') ?? 0
    return { wait: () => Number(seconds.text()) + Math.random() * jitter * 2 }
  },
}
