import type { Scalar } from '../../engines/dialect.ts'
import type { Metric, MetricSubject } from './metric.ts'

/** How a metric follows from others. */
export interface Derivation {
  readonly needs: readonly Metric[]
  /** Null where there is no answer: a share of nothing, the age of no value. */
  readonly derive: (values: readonly Scalar[], now: string) => number | null
}

const SECONDS_PER_HOUR = 3600

/** What a derived metric is made of; undefined for those that are measured. */
export function derivationOf(metric: Metric): Derivation | undefined {
  const { where, relation } = metric
  const like = (subject: MetricSubject): Metric => ({
    ...subject,
    ...(where === undefined ? {} : { where }),
    ...(relation === undefined ? {} : { relation }),
  })
  switch (metric.metric) {
    case 'null_share':
      return share(like({ metric: 'null_count', column: metric.column }), like({ metric: 'row_count' }))
    case 'distinct_share':
    case 'unique_share':
    case 'top_share': {
      const { column } = metric
      return share(like({ metric: COUNT_OF[metric.metric], column }), like({ metric: 'value_count', column }))
    }
    case 'failing_share':
      return share(like({ metric: 'failing_count', rule: metric.rule }), like({ metric: 'row_count' }))
    case 'duplicate_share':
      return share(
        like({ metric: 'duplicate_count', columns: metric.columns }),
        like({ metric: 'row_count' }),
      )
    case 'age_hours':
      return {
        needs: [like({ metric: 'newest', column: metric.column })],
        derive: ([newest], now) =>
          newest === null || newest === undefined
            ? null
            : (Date.parse(now) / 1000 - Number(newest)) / SECONDS_PER_HOUR,
      }
    default:
      return undefined
  }
}

const COUNT_OF = {
  distinct_share: 'distinct_count',
  unique_share: 'unique_count',
  top_share: 'top_count',
} as const

function share(part: Metric, whole: Metric): Derivation {
  return {
    needs: [part, whole],
    derive: ([some, all]) => (Number(all) === 0 ? null : Number(some) / Number(all)),
  }
}
