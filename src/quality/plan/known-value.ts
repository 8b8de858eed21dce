import type { KnownStatistics } from '../check-target.ts'
import type { Metric } from '../metrics/metric.ts'

/** SQL for a metric over all rows that is known without reading them; undefined for every other. */
export function knownValue(metric: Metric, known: KnownStatistics): string | undefined {
  if (metric.where !== undefined || metric.relation !== undefined) return undefined
  const fieldOf = (column: string) =>
    known.fields.find(({ name }) => name.toLowerCase() === column.toLowerCase())
  switch (metric.metric) {
    case 'row_count':
      return known.rowCount
    case 'null_count':
      return fieldOf(metric.column) && known.nullCount(metric.column)
    case 'value_count':
      return fieldOf(metric.column) && `${known.rowCount} - ${known.nullCount(metric.column)}`
    case 'failing_count':
      if (metric.rule.rule !== 'not_null') return undefined
      return fieldOf(metric.rule.column) && known.nullCount(metric.rule.column)
    case 'min':
    case 'max': {
      const field = fieldOf(metric.column)
      return field && known.extreme(metric.metric, metric.column, field.type)
    }
    default:
      return undefined
  }
}
