import { Expectation } from './expectation.ts'
import { median } from './median.ts'
import type { Point } from './point.ts'
import type { Scorer } from './scorer.ts'

/** The standard deviation of a normal distribution by the median of its amounts, and by their ninetieth percentile. */
const BY_MEDIAN = 1.4826
const BY_NINETIETH = 1 / 1.6449
/** Nothing is known better than to this share. */
const FINEST = 0.002
/** Expectations are compared by their last errors. */
const COMPARED = 40

/**
 * Series of a few values a day, as counts of rows and shares of nulls are: how many standard deviations a value is from what the
 * last ones, or the last ones of its weekday, let expect, whichever of the two has been more right. Counts are compared by their ratios.
 */
export class MetricScorer implements Scorer {
  readonly limit = 4
  readonly #byRatio: boolean
  readonly #expectations = [
    new Expectation(() => 0, 7),
    new Expectation((at) => new Date(at).getUTCDay(), 4),
  ] as const

  /** @param isAmount whether no value of the series can be negative */
  constructor(isAmount: boolean) {
    this.#byRatio = isAmount
  }

  next({ at, value }: Point): number {
    const seen = this.#byRatio ? Math.log1p(value) : value
    const strange = this.#strangeness(at, seen)
    for (const expectation of this.#expectations) expectation.learn(at, seen)
    return strange
  }

  silence(index: number): number {
    return Math.min(Math.max(Math.round(index / 10), 3), 14)
  }

  #strangeness(at: number, value: number): number {
    const [better] = this.#expectations
      .flatMap((expectation) => {
        const [expected, errors] = [expectation.at(at), expectation.errors]
        return expected === undefined || errors === undefined ? [] : [{ expected, errors }]
      })
      .sort((a, b) => median(a.errors.slice(-COMPARED)) - median(b.errors.slice(-COMPARED)))
    if (better === undefined) return 0
    const finest = this.#byRatio ? FINEST : Math.max(Math.abs(better.expected) * FINEST, Number.MIN_VALUE)
    return Math.abs(value - better.expected) / Math.max(deviation(better.errors), finest)
  }
}

/** The larger of two estimates, for one alone is too small for errors with a thick tail. */
function deviation(errors: readonly number[]): number {
  const ninetieth = errors.toSorted((a, b) => a - b)[Math.floor(errors.length * 0.9)]!
  return Math.max(median(errors) * BY_MEDIAN, ninetieth * BY_NINETIETH)
}
