import type { HttpRequest, HttpResponse } from './http-message.ts'
import type { Pause } from './pause.ts'

/** Which requests a policy is for; what is undefined is for all. */
export interface RequestMatcher {
  readonly method: string | undefined
  /** Scheme and host. */
  readonly origin: string | undefined
  readonly path: RegExp | undefined
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** How many calls a request counts as. */
  readonly weight: number
}

/** So many calls in so long a time, in milliseconds. */
export interface Rate {
  readonly limit: number
  readonly intervalMs: number
}

/** A limit on calls: in every window of a length, in windows one after another, or none. */
export interface RatePolicy {
  readonly kind: 'moving' | 'fixed' | 'unlimited'
  readonly rates: readonly Rate[]
  readonly matchers: readonly RequestMatcher[]
}

export interface BudgetOptions {
  readonly policies: readonly RatePolicy[]
  /** Headers in which the server says when a window ends (seconds since 1970) and what is left of it. */
  readonly resetHeader: string
  readonly remainingHeader: string
  readonly limitStatuses: readonly number[]
}

/** Keeps all requests of a connection, whichever stream they are of, within the limits of their server. */
export class RateBudget {
  readonly #options: BudgetOptions
  readonly #windows: readonly CallWindow[]
  readonly #pause: Pause

  constructor(options: BudgetOptions, pause: Pause) {
    this.#options = options
    this.#windows = options.policies.map((policy) => new CallWindow(policy))
    this.#pause = pause
  }

  /** Waits until the request may be sent, and counts it. */
  async acquire(request: HttpRequest, signal: AbortSignal): Promise<void> {
    const window = this.#windowOf(request)
    if (window === undefined) return
    for (let wait = window.take(request); wait > 0; wait = window.take(request)) {
      await this.#pause(wait, signal)
    }
  }

  /** Learns from what a server says of its limits. */
  update(request: HttpRequest, response: HttpResponse): void {
    const { remainingHeader, resetHeader, limitStatuses } = this.#options
    const remaining = response.header(remainingHeader)
    const reset = Number(response.header(resetHeader))
    const left = remaining ? Number(remaining) : limitStatuses.includes(response.status) ? 0 : undefined
    this.#windowOf(request)?.learn(
      Number.isFinite(left) ? left : undefined,
      Number.isFinite(reset) && reset > 0 ? reset * 1000 : undefined,
    )
  }

  #windowOf(request: HttpRequest): CallWindow | undefined {
    return this.#windows.find((window) => window.matches(request))
  }
}

class CallWindow {
  readonly #policy: RatePolicy
  /** When calls were made, oldest first, in milliseconds since 1970; of a fixed window, of this window only. */
  #calls: number[] = []
  #ends: number

  constructor(policy: RatePolicy) {
    this.#policy = policy
    this.#ends = Date.now() + (policy.rates[0]?.intervalMs ?? 0)
  }

  matches(request: HttpRequest): boolean {
    const { matchers } = this.#policy
    return matchers.length === 0 || matchers.some((matcher) => isMatch(matcher, request))
  }

  /** Counts a request; or gives how long it must wait, in milliseconds. */
  take(request: HttpRequest): number {
    const now = Date.now()
    const weight = this.#policy.matchers.find((matcher) => isMatch(matcher, request))?.weight ?? 1
    const wait = this.#wait(now, weight)
    if (wait <= 0) for (let call = 0; call < weight; call++) this.#calls.push(now)
    return wait
  }

  learn(left: number | undefined, ends: number | undefined): void {
    const { kind, rates } = this.#policy
    const [rate] = rates
    if (rate === undefined || kind === 'unlimited') return
    if (kind === 'fixed') {
      if (left !== undefined && rate.limit - this.#calls.length > left) {
        this.#calls = new Array<number>(rate.limit - left).fill(Date.now())
      }
      if (ends !== undefined) this.#ends = ends
    } else if (left === 0 && ends === undefined) {
      while (this.#wait(Date.now(), 1) <= 0) this.#calls.push(Date.now())
    }
  }

  #wait(now: number, weight: number): number {
    const { kind, rates } = this.#policy
    if (kind === 'unlimited') return 0
    if (kind === 'fixed') return this.#waitForWindow(now, weight)
    const longest = Math.max(...rates.map((rate) => rate.intervalMs))
    while (this.#calls.length > 0 && this.#calls[0]! <= now - longest) this.#calls.shift()
    const waits = rates.map(({ limit, intervalMs }) => {
      // The call that must leave the window before there is room.
      const oldest = this.#calls[this.#calls.length - Math.max(1, limit - weight + 1)]
      return oldest === undefined ? 0 : oldest + intervalMs - now
    })
    return Math.max(0, ...waits)
  }

  #waitForWindow(now: number, weight: number): number {
    const [rate] = this.#policy.rates
    if (rate === undefined) return 0
    if (now > this.#ends) {
      this.#calls = []
      while (this.#ends < now) this.#ends += rate.intervalMs
    }
    return this.#calls.length + weight > rate.limit ? Math.max(1, this.#ends - now + 1) : 0
  }
}

function isMatch(matcher: RequestMatcher, request: HttpRequest): boolean {
  if (matcher.method !== undefined && matcher.method !== request.method) return false
  if (!URL.canParse(request.url)) return false
  const url = new URL(request.url)
  if (matcher.origin !== undefined && matcher.origin !== url.origin) return false
  if (matcher.path !== undefined && !matcher.path.test(url.pathname.replace(/\/$/, ''))) return false
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]))
  return (
    Object.entries(matcher.params).every(([name, value]) => url.searchParams.get(name) === value) &&
    Object.entries(matcher.headers).every(([name, value]) => headers.get(name.toLowerCase()) === value)
  )
}
