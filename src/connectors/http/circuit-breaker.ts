import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Requests given up in a row after which a server is left alone. */
const MOST_FAILURES = 5
const REST_MS = 60_000

/**
 * Keeps a connection from hammering a server that is down: after several requests in a row that were given up, the next
 * ones fail at once, until a rest is over and one may try again.
 */
export class CircuitBreaker {
  #failures = 0
  #restsUntil = 0

  /** Throws WW4414 while the server is left alone. */
  check(): void {
    if (Date.now() < this.#restsUntil) {
      throw new WaterworksError('WW4414', {
        message: `the server failed ${this.#failures} requests in a row and is left alone for a minute`,
      })
    }
  }

  succeeded(): void {
    this.#failures = 0
    this.#restsUntil = 0
  }

  failed(): void {
    this.#failures++
    if (this.#failures >= MOST_FAILURES) this.#restsUntil = Date.now() + REST_MS
  }
}
