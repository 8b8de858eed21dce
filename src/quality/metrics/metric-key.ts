import type { Metric } from './metric.ts'

/** A text that is the same for metrics that ask the same. */
export function metricKey(metric: Metric): string {
  return JSON.stringify(metric, (_, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: String(value) }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
