import type { ApiReply, ApiRequest } from './fake-api.ts'
import type { Random } from './scratch/random.ts'

export interface Order {
  readonly id: number
  readonly updated_at: string
  readonly amount: number
  readonly address: { readonly city: string }
  readonly more?: string
}

export interface ShopEvent {
  readonly id: number
  readonly at: string
  readonly tags: readonly { readonly name: string }[]
}

const FIRST = Date.UTC(2024, 0, 1)
const DAY = 86_400
export const PAGE = 500
/** So many that days have pages. */
const EVENTS_A_DAY = 1_500

const moment = (seconds: number) => new Date(FIRST + seconds * 1000).toISOString().replace('.000', '')

/**
 * A shop's API that behaves as badly as told to: it limits, fails, stalls, cuts, repeats records of the page before, answers half a
 * document, and has new fields from one day to the next. What it holds changes only when it is told to.
 */
export class HostileApi {
  readonly orders = new Map<number, Order>()
  readonly events: ShopEvent[] = []
  readonly #random: Random
  #clock = 0
  #isHostile = true
  #hasMore = false

  constructor(random: Random) {
    this.#random = random
  }

  /** From now on it answers well. */
  calmDown(): void {
    this.#isHostile = false
  }

  /** Orders come and change, and so do days of events; sooner or later orders have a field that they had not. */
  letTimePass(orders: number, days: number): void {
    for (let count = 0; count < orders; count++) {
      const changes = this.orders.size > 0 && this.#random.between(0, 3) === 0
      this.#put(changes ? this.#random.between(1, this.orders.size) : this.orders.size + 1)
    }
    for (let day = 0; day < days; day++) {
      const start = (this.events.length / EVENTS_A_DAY) * DAY
      for (let count = 0; count < EVENTS_A_DAY; count++) {
        const id = this.events.length + 1
        const tags = Array.from({ length: id % 3 }, (_, index) => ({ name: `tag ${index}` }))
        this.events.push({ id, at: moment(start + count * 50), tags })
      }
    }
    this.#hasMore = true
  }

  answer(request: ApiRequest): ApiReply {
    const rows = this.#rows(request)
    if (!this.#isHostile) return { json: rows }
    switch (this.#random.between(0, 60)) {
      case 0:
        return { json: {}, status: 429, headers: { 'Retry-After': '0.1' } }
      case 1:
        return { json: {}, status: 503, headers: { 'Retry-After': '0.2' } }
      case 2:
        return { cut: JSON.stringify(rows).slice(0, 2_000) }
      case 3:
        return this.#random.between(0, 3) > 0
          ? { json: rows }
          : { body: JSON.stringify(rows).slice(0, -10), headers: { 'content-type': 'application/json' } }
      default:
        return { json: rows }
    }
  }

  #put(id: number): void {
    const updated_at = moment(++this.#clock)
    const more = this.#hasMore ? { more: `m${id}` } : {}
    const address = { city: `city ${id % 9}` }
    this.orders.set(id, { id, updated_at, amount: this.#clock, address, ...more })
  }

  #rows({ path, query }: ApiRequest): unknown {
    const [, what, shop] = path.split('/')
    const from =
      query['after'] === undefined ? (Number(query['page'] ?? 1) - 1) * PAGE : Number(query['after'])
    // A page may begin with records of the one before it.
    const start = this.#isHostile && from > 0 ? Math.max(0, from - this.#random.between(0, 3)) : from
    if (what === 'orders') {
      const since = query['since'] ?? ''
      const found = [...this.orders.values()].filter(({ updated_at }) => updated_at >= since)
      const sorted = found.toSorted((a, b) => (a.updated_at < b.updated_at ? -1 : 1))
      return { data: sorted.slice(start, from + PAGE) }
    }
    if (what === 'events') {
      const found = this.events.filter(({ at }) => at >= query['from']! && at <= query['to']!)
      const next = from + PAGE < found.length ? from + PAGE : null
      return { data: found.slice(start, from + PAGE), next }
    }
    if (shop === undefined) return { data: [1, 2, 3, 4, 5].map((id) => ({ id })) }
    return { data: Array.from({ length: 40 }, (_, index) => ({ visit: Number(shop) * 100 + index })) }
  }
}
