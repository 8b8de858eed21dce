import { median } from './median.ts'
import { MetricScorer } from './metric-scorer.ts'
import type { Point } from './point.ts'
import { Quiet } from './quiet.ts'
import type { Scorer } from './scorer.ts'
import { StreamScorer } from './stream-scorer.ts'

/** Scores from here on are worth an alert. */
export const ALERT = 0.5
/** Series whose points are at least so far apart are metrics of a table rather than streams. */
const APART = 6 * 3_600_000
/** Intervals that say how far apart points are. */
const SAMPLED = 100

/**
 * How anomalous each point of a series is: 0 to 1, an alert from `ALERT` on. Each score depends on the points up to its own alone, but for
 * which kind of series it is, and the same series always gives the same scores.
 * @param points in the order of time
 */
export function scoreSeries(points: readonly Point[]): Float64Array {
  const scorer = scorerFor(points)
  const quiet = new Quiet()
  return Float64Array.from(points, (point, index) => {
    const told = quiet.next(scorer.next(point), scorer.silence(index))
    return told / (told + scorer.limit)
  })
}

function scorerFor(points: readonly Point[]): Scorer {
  if (intervalOf(points) < APART) return new StreamScorer()
  return new MetricScorer(points.every(({ value }) => value >= 0))
}

/** The usual time between points, in milliseconds. */
function intervalOf(points: readonly Point[]): number {
  const first = points.slice(0, SAMPLED + 1)
  if (first.length < 2) return APART
  return median(first.slice(1).map(({ at }, index) => at - first[index]!.at))
}
