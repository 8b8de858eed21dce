import { WaterworksError } from '../../errors/waterworks-error.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import type { HttpTransport, TransportOptions } from './http-transport.ts'
import { NetworkError } from './network-error.ts'
import { type Pause, pause as realPause } from './pause.ts'
import type { RateBudget } from './rate-budget.ts'

/** What came of an attempt. */
export type Outcome = HttpResponse | NetworkError

/** What is to follow from it. A wait is in seconds; undefined leaves it to Retry-After, else to the number of attempts. */
export type Verdict =
  | { readonly action: 'accept' }
  | { readonly action: 'fail'; readonly message: string | undefined }
  | {
      readonly action: 'retry'
      readonly message: string | undefined
      readonly waitSeconds: number | undefined
    }
  /** A caller's own way out, such as beginning a pagination anew. */
  | { readonly action: 'signal'; readonly signal: Error }

export interface RetryPolicy {
  /** Of a request: the first attempt is none. */
  readonly maxRetries: number
  readonly maxSeconds: number
  /** Judges what came of the attempt of this number, counted from 1. May do what a next attempt needs. */
  judge(outcome: Outcome, attempt: number): Verdict | Promise<Verdict>
}

export interface ClientOptions {
  readonly transport: HttpTransport
  readonly budget?: RateBudget | undefined
  readonly pause?: Pause
}

const LONGEST_WAIT_SECONDS = 300

/**
 * Sends requests until they are answered well or given up, within a budget of calls and past no circuit breaker. All
 * streams of a connection share one.
 */
export class RetryingClient {
  readonly #options: ClientOptions
  readonly #pause: Pause
  readonly #breaker = new CircuitBreaker()
  /** Until when the server has asked to be left alone, in milliseconds since 1970. */
  #restsUntil = 0

  constructor(options: ClientOptions) {
    this.#options = options
    this.#pause = options.pause ?? realPause
  }

  /**
   * @param make the request, made anew for each attempt: what authorises it may have changed
   * Throws WW4411 when no answer came, WW4412 for an answer that means failure, WW4414 while the server is left alone.
   */
  async send(
    make: () => Promise<HttpRequest>,
    policy: RetryPolicy,
    signal: AbortSignal,
    timeouts?: Partial<TransportOptions>,
  ): Promise<HttpResponse> {
    const { transport, budget } = this.#options
    const began = Date.now()
    this.#breaker.check()
    for (let attempt = 1; ; attempt++) {
      await this.#rest(signal)
      const request = await make()
      await budget?.acquire(request, signal)
      const outcome = await transport.send(request, signal, timeouts).catch((error: unknown) => {
        if (error instanceof NetworkError) return error
        throw error
      })
      if (!(outcome instanceof NetworkError)) budget?.update(request, outcome)
      const verdict = await policy.judge(outcome, attempt)
      if (verdict.action === 'accept' && !(outcome instanceof NetworkError)) {
        this.#breaker.succeeded()
        return outcome
      }
      if (verdict.action === 'signal') {
        this.#breaker.succeeded()
        throw verdict.signal
      }
      const message = verdict.action === 'accept' ? undefined : verdict.message
      const spent = (Date.now() - began) / 1000
      const wait = verdict.action === 'retry' ? waitOf(outcome, verdict.waitSeconds, attempt) : 0
      const goesOn = verdict.action === 'retry' && attempt <= policy.maxRetries
      if (!goesOn || spent + wait > policy.maxSeconds) {
        // An answer that says what is wrong with the request is no sign that the server is down.
        if (outcome instanceof NetworkError || outcome.status >= 500) this.#breaker.failed()
        else this.#breaker.succeeded()
        throw givenUp(request, outcome, message, attempt)
      }
      if (isLimit(outcome) && verdict.action === 'retry') this.#restsUntil = Date.now() + wait * 1000
      await this.#pause(wait * 1000, signal)
    }
  }

  /** A limit that one request met is one for all. */
  async #rest(signal: AbortSignal): Promise<void> {
    const left = this.#restsUntil - Date.now()
    if (left > 0) await this.#pause(left, signal)
  }
}

function isLimit(outcome: Outcome): boolean {
  if (outcome instanceof NetworkError) return false
  return outcome.status === 429 || (outcome.status === 503 && outcome.header('retry-after') !== undefined)
}

/** Seconds before the next attempt, with jitter where nobody states them. */
function waitOf(outcome: Outcome, stated: number | undefined, attempt: number): number {
  if (stated !== undefined) return stated
  const header = outcome instanceof NetworkError ? undefined : outcome.header('retry-after')
  const asked = header === undefined ? undefined : retryAfter(header)
  if (asked !== undefined) return asked
  return Math.min(LONGEST_WAIT_SECONDS, 2 ** (attempt - 1)) * (0.75 + Math.random() / 2)
}

/** RFC 9110: seconds, or the time of the next attempt. */
function retryAfter(header: string): number | undefined {
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000)
}

/** Neither a query nor an answer is told: both may hold secrets or data. */
function givenUp(
  { method, url }: HttpRequest,
  outcome: Outcome,
  message: string | undefined,
  attempts: number,
): WaterworksError {
  const where = `${method} ${URL.canParse(url) ? placeOf(new URL(url)) : 'an address that is none'}`
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`
  if (outcome instanceof NetworkError) {
    return new WaterworksError('WW4411', { message: `${where}: ${outcome.message}${times}`, cause: outcome })
  }
  const said = message === undefined || message === '' ? '' : `: ${message}`
  return new WaterworksError('WW4412', { message: `${where} answered ${outcome.status}${said}${times}` })
}

function placeOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}
