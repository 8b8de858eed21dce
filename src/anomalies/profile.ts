interface Usual {
  readonly mean: number
  readonly times: number
}

/** What is usual at each hour of a cycle, learned as it goes: a mean that forgets slowly. */
export class Profile {
  readonly #usual = new Map<number, Usual>()
  readonly #least: number
  readonly #rate: number

  /**
   * @param least how often an hour must have been seen before it says anything
   * @param rate the weight that a value has at least in its hour's mean
   */
  constructor(least: number, rate: number) {
    this.#least = least
    this.#rate = rate
  }

  /** How far a value is from what is usual at its hour; 0 where that is not known yet. */
  next(hour: number, value: number): number {
    const { mean, times } = this.#usual.get(hour) ?? { mean: value, times: 0 }
    const rate = Math.max(this.#rate, 1 / (times + 1))
    this.#usual.set(hour, { mean: mean + (value - mean) * rate, times: times + 1 })
    return times < this.#least ? 0 : Math.abs(value - mean)
  }
}
