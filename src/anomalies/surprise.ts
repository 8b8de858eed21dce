/** Amounts that are remembered: the oldest is forgotten when one more comes. */
const MOST = 20_000
/** Amounts that must be known before anything is a surprise. */
const LEAST = 30
/** Where the tail begins that tells how far beyond all others an amount is. */
const TAIL = 0.98
/** What being beyond all others may add. */
const MOST_BEYOND = 3

/**
 * How rare an amount is among those before it: the negative decimal logarithm of the share that was at least as large
 * (the p-value of conformal prediction), and more for one that is beyond all others by much.
 */
export class Surprise {
  readonly #sorted: number[] = []
  readonly #inOrder: number[] = []
  #oldest = 0

  next(amount: number): number {
    const surprise = this.#sorted.length < LEAST ? 0 : this.#surpriseOf(amount)
    this.#remember(amount)
    return surprise
  }

  #surpriseOf(amount: number): number {
    const known = this.#sorted.length
    const asLarge = known - this.#placeOf(amount)
    const rare = -Math.log10((asLarge + 1) / (known + 1))
    if (asLarge > 0) return rare
    const top = this.#sorted[known - 1]!
    const spread = top - this.#sorted[Math.floor((known - 1) * TAIL)]!
    const beyond = spread > 0 ? 2 * Math.log10(1 + (amount - top) / spread) : MOST_BEYOND
    return rare + Math.min(MOST_BEYOND, beyond)
  }

  #remember(amount: number): void {
    this.#sorted.splice(this.#placeOf(amount), 0, amount)
    if (this.#inOrder.length < MOST) {
      this.#inOrder.push(amount)
      return
    }
    this.#sorted.splice(this.#placeOf(this.#inOrder[this.#oldest]!), 1)
    this.#inOrder[this.#oldest] = amount
    this.#oldest = (this.#oldest + 1) % MOST
  }

  /** How many of those that are known are smaller. */
  #placeOf(amount: number): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sorted[middle]! < amount) low = middle + 1
      else high = middle
    }
    return low
  }
}
