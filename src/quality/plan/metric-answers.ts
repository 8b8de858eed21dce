import type { Scalar } from '../../engines/dialect.ts'
import { derivationOf } from '../metrics/derived-metric.ts'
import type { Metric } from '../metrics/metric.ts'
import { metricKey } from '../metrics/metric-key.ts'

/** The answers to measured metrics, and from them to derived ones. */
export class MetricAnswers {
  readonly #values = new Map<string, Scalar>()
  readonly #now: string

  /** `now` is the run's clock, ISO 8601. */
  constructor(now: string) {
    this.#now = now
  }

  set(metric: Metric, value: Scalar): void {
    this.#values.set(metricKey(metric), value)
  }

  has(metric: Metric): boolean {
    return this.#partsOf(metric).every((part) => this.#values.has(metricKey(part)))
  }

  /** Null where there is no answer, such as the mean of no values, or none was found. */
  get(metric: Metric): Scalar {
    const derivation = derivationOf(metric)
    if (derivation === undefined) return this.#values.get(metricKey(metric)) ?? null
    return derivation.derive(
      derivation.needs.map((need) => this.get(need)),
      this.#now,
    )
  }

  #partsOf(metric: Metric): readonly Metric[] {
    return derivationOf(metric)?.needs ?? [metric]
  }
}
