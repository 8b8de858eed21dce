import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A series of the Numenta Anomaly Benchmark. */
export interface NabSeries {
  readonly name: string
  readonly points: readonly { readonly at: number; readonly value: number }[]
  /** The first and last position of each stretch in which something is to be told. */
  readonly windows: readonly (readonly [number, number])[]
}

/** Reads the benchmark's checkout: https://github.com/numenta/NAB */
export function readNab(folder: string): readonly NabSeries[] {
  const labels: unknown = JSON.parse(readFileSync(join(folder, 'labels/combined_windows.json'), 'utf8'))
  return Object.entries(labels as Record<string, readonly [string, string][]>).map(([name, windows]) => {
    const [, ...lines] = readFileSync(join(folder, 'data', name), 'utf8')
      .trim()
      .split('\n')
    const points = lines.map((line) => {
      const [at = '', value] = line.trim().split(',')
      return { at: momentOf(at), value: Number(value) }
    })
    const placeOf = (text: string) => points.findIndex(({ at }) => at === momentOf(text))
    return { name, points, windows: windows.map(([from, to]) => [placeOf(from), placeOf(to)] as const) }
  })
}

/** What a false alert costs in the standard profile; a window that is told of or missed is worth 1. */
const FALSE_ALERT = 0.11
const PROBATION = 0.15
const LONGEST_PROBATION = 750

/**
 * The benchmark's score for alerts, by its standard profile: 100 for telling of each window at its beginning and of nothing else, 0 for
 * telling nothing. The formula is that of Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms" (2015), section III.
 * @param alert the score from which a point is told
 */
export function nabScore(
  series: readonly NabSeries[],
  scores: readonly Float64Array[],
  alert: number,
): number {
  let [sum, windows] = [0, 0]
  for (const [index, each] of series.entries()) {
    const first = Math.min(Math.floor(each.points.length * PROBATION), LONGEST_PROBATION)
    windows += each.windows.length
    for (const [from, to] of each.windows) {
      const told = [...scores[index]!.entries()].find(
        ([at, score]) => at >= Math.max(from, first) && at <= to && score >= alert,
      )
      if (told !== undefined) sum += 1 + sigmoid(-(to - told[0] + 1) / (to - from + 1)) / sigmoid(-1)
    }
    for (const [at, score] of scores[index]!.entries()) {
      if (at < first || score < alert || each.windows.some(([from, to]) => at >= from && at <= to)) continue
      const before = each.windows.findLast(([, to]) => to < at)
      const after =
        before === undefined ? Number.POSITIVE_INFINITY : (at - before[1]) / (before[1] - before[0])
      sum += FALSE_ALERT * sigmoid(after)
    }
  }
  return (100 * sum) / (2 * windows)
}

function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1
}

function momentOf(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)
}
