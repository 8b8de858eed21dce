import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Requests given up in a row after which a server is left alone. */
const MOST_FAILURES = 5
const REST_MS = 60_000

/**
 * Keeps a connection from hammering a server that is down: after several requests in a row that were given up, the next
 * ones fail at once. When a rest is over one of them may try again, and the others go on failing until it has come well.
 */
export class CircuitBreaker {
  readonly #now: () => number
  #failures = 0
  #restsUntil = 0

  /** @param now the time in milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** To be asked once for each request, however often it is tried. Throws WW4414 while the server is left alone. */
  check(): void {
    if (this.#failures < MOST_FAILURES) return
    if (this.#now() < this.#restsUntil) {
      throw new WaterworksError('WW4414', {
        message: `the server failed ${this.#failures} requests in a row and is left alone for a minute`,
      })
    }
    this.#restsUntil = this.#now() + REST_MS
  }

  /** The server answered, be it to refuse. */
  succeeded(): void {
    this.#failures = 0
  }

  failed(): void {
    this.#failures++
    this.#restsUntil = this.#now() + REST_MS
  }
}
