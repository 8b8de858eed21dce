import type { Freshness, FreshnessTime } from '../manifest/manifest-source.ts'

const seconds = { minute: 60, hour: 3600, day: 86_400 } as const

/** Whether a source says how fresh its table has to be: only then is it looked at. */
export function hasFreshness(freshness: Freshness | null): freshness is Freshness {
  return freshness !== null && (isSet(freshness.warn_after) || isSet(freshness.error_after))
}

/** What an age in seconds is worth: too old once it is over the limit, not on it. */
export function judgeFreshness(freshness: Freshness, age: number): 'pass' | 'warn' | 'error' {
  if (exceeds(age, freshness.error_after)) return 'error'
  return exceeds(age, freshness.warn_after) ? 'warn' : 'pass'
}

function exceeds(age: number, limit: FreshnessTime | null): boolean {
  return isSet(limit) && age > limit.count * seconds[limit.period]
}

/** Half a limit, a count without a period, is none. */
function isSet(
  limit: FreshnessTime | null | undefined,
): limit is { readonly count: number; readonly period: keyof typeof seconds } {
  return limit?.count != null && limit.period != null
}
