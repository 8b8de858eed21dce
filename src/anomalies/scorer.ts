import type { Point } from './point.ts'

/** Says of each point of a series, in the order of time and by what came before alone, how strange it is. */
export interface Scorer {
  /** How strange the point is: 0 for not at all, `limit` for what is worth an alert. What it says is then part of what is known. */
  next(point: Point): number
  readonly limit: number
  /** For how many points after the one at `index` nothing is told that is not stranger still. */
  silence(index: number): number
}
