import type { Point } from './point.ts'
import { Profile } from './profile.ts'
import type { Scorer } from './scorer.ts'
import { ShiftOfMean } from './shift-of-mean.ts'
import { Surprise } from './surprise.ts'

/** What the strangest of the three is worth without the others. */
const ALONE = 0.5

/** Series of many values a day: how unusual a value is for its hour, for its hour of the week, and as part of a shift of the mean. */
export class StreamScorer implements Scorer {
  readonly limit = 2.4
  readonly #day = new Profile(6, 0.02)
  readonly #week = new Profile(2, 0.05)
  readonly #shift = new ShiftOfMean()
  readonly #surprises = [new Surprise(), new Surprise(), new Surprise()] as const

  next({ at, value }: Point): number {
    const moment = new Date(at)
    const hour = moment.getUTCHours()
    const ofDay = this.#surprises[0].next(this.#day.next(hour, value))
    const ofWeek = this.#surprises[1].next(this.#week.next(moment.getUTCDay() * 24 + hour, value))
    const ofShift = this.#surprises[2].next(this.#shift.next(value))
    return Math.max((ofDay + ofWeek + ofShift) / 3, Math.max(ofDay, ofWeek, ofShift) * ALONE)
  }

  /** A tenth of what is known: a long series is not told of one thing again and again. */
  silence(index: number): number {
    return Math.round(index / 10)
  }
}
