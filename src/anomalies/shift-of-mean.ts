const NOW = 10
const BEFORE = 100
const LEAST = 20

/** How far the mean of the last ten values is from that of up to a hundred before them. */
export class ShiftOfMean {
  readonly #values: number[] = []
  #now = 0
  #before = 0
  #seen = 0

  next(value: number): number {
    this.#values.push(value)
    this.#seen += 1
    this.#now += value
    const { length } = this.#values
    if (length > NOW) {
      const older = this.#values[length - NOW - 1]!
      this.#now -= older
      this.#before += older
    }
    if (length > NOW + BEFORE) this.#before -= this.#values.shift()!
    const before = Math.min(this.#seen - NOW, BEFORE)
    return this.#seen <= LEAST ? 0 : Math.abs(this.#now / NOW - this.#before / before)
  }
}
