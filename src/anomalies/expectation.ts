import { median } from './median.ts'

/** Values of a place in the cycle that are needed to expect something there. */
const LEAST = 2
/** Errors that are needed before they say how sure an expectation is. */
const LEAST_ERRORS = 7
const ERRORS = 60
/** The last errors, whose middle is what the expectation lags behind a trend. */
const LAG = 7

/** What a value is expected to be, by the last ones at the same place of a cycle, and how wrong that has been. */
export class Expectation {
  readonly #places = new Map<number, number[]>()
  readonly #lags: number[] = []
  readonly #errors: number[] = []
  readonly #placeOf: (at: number) => number
  readonly #last: number

  /**
   * @param placeOf the place of a moment in the cycle
   * @param last how many values of a place count
   */
  constructor(placeOf: (at: number) => number, last: number) {
    this.#placeOf = placeOf
    this.#last = last
  }

  /** What a value is expected to be; undefined while too little is known. */
  at(at: number): number | undefined {
    const usual = this.#usual(at)
    return usual === undefined ? undefined : usual + median(this.#lags)
  }

  /** The last errors, without their signs; undefined while there are too few to tell. */
  get errors(): readonly number[] | undefined {
    return this.#errors.length < LEAST_ERRORS ? undefined : this.#errors
  }

  learn(at: number, value: number): void {
    const expected = this.at(at)
    if (expected !== undefined) keep(this.#errors, Math.abs(value - expected), ERRORS)
    const usual = this.#usual(at)
    if (usual !== undefined) keep(this.#lags, value - usual, LAG)
    const place = this.#placeOf(at)
    const values = this.#places.get(place) ?? []
    keep(values, value, this.#last)
    this.#places.set(place, values)
  }

  #usual(at: number): number | undefined {
    const values = this.#places.get(this.#placeOf(at))
    return values === undefined || values.length < LEAST ? undefined : median(values)
  }
}

function keep(values: number[], value: number, most: number): void {
  values.push(value)
  if (values.length > most) values.shift()
}
