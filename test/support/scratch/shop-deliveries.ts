import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Random } from './random.ts'

export type StreamName = 'events' | 'customers' | 'prices' | 'stock'

/** What is to become of a record, by what was written into it. `gated` ones depend on a gate that may be taken away. */
export type Fate = 'applied' | 'filtered' | 'duplicate' | 'gated' | 'rejected' | 'malformed'

/** A record of events or customers. */
export interface ShopRecord {
  /** Unique; also readable in the text of a record that is not well-formed. A resent record has its own again. */
  readonly token: string
  readonly fate: Fate
  readonly amount: number
  readonly customer: number | null
}

/** A file as it was delivered, and what the generator knows of it. */
export interface Delivery {
  readonly stream: StreamName
  /** Counts up from 1 over all streams. */
  readonly number: number
  readonly origin: string
  readonly hash: string
  /** How many records the file holds. */
  readonly size: number
  readonly records: readonly ShopRecord[]
  /** Of stock: the partition that the file replaces. */
  readonly day: string | undefined
}

export const ITEMS = 20
export const SKUS = 10
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03']
const CUSTOMERS = 15

/**
 * Files arriving at the scratch project, each put in place at once (written aside, then renamed), and the record of
 * what they held: everything that the invariants compare with.
 */
export class ShopDeliveries {
  readonly #root: string
  readonly #random: Random
  readonly #made: Delivery[] = []
  readonly #latest = new Map<number, ShopRecord>()
  #number = 0

  constructor(root: string, random: Random) {
    this.#root = root
    this.#random = random
  }

  get all(): readonly Delivery[] {
    return this.#made
  }

  /** Files of one stream; of prices only the last one is still there. */
  of(stream: StreamName): readonly Delivery[] {
    const made = this.#made.filter((delivery) => delivery.stream === stream)
    return stream === 'prices' ? made.slice(-1) : made
  }

  /** One file for each stream. */
  async everything(): Promise<void> {
    for (const stream of ['events', 'customers', 'prices', 'stock'] as const) await this.one(stream)
  }

  /** A file for a stream picked at random. */
  something(): Promise<void> {
    return this.one(this.#random.pick(['events', 'customers', 'prices', 'stock']))
  }

  /** A file of events of which one at least is rejected, by the gate that may be taken away among others. */
  async withRejects(): Promise<void> {
    do await this.one('events')
    while (!this.#made.at(-1)?.records.some((record) => record.fate === 'gated'))
  }

  async one(stream: StreamName): Promise<void> {
    const number = ++this.#number
    switch (stream) {
      case 'events':
        return this.#events(number)
      case 'customers':
        return this.#customers(number)
      case 'prices':
        return this.#prices(number)
      case 'stock':
        return this.#stock(number)
    }
  }

  async #events(number: number): Promise<void> {
    const records: ShopRecord[] = []
    const lines = ['event_id,batch,kind,amount']
    const size = this.#random.between(8, 30)
    for (let index = 0; index < size; index++) {
      const token = `e${number}-${index}x`
      const amount = this.#random.between(1, 1000)
      const fate = this.#random.pick(EVENT_FATES)
      if (fate === 'duplicate') {
        const line = `${token},b${number},sale,${amount}`
        lines.push(line, line)
        records.push({ token, amount, fate: 'applied', customer: null })
      } else lines.push(eventLine(token, number, fate, amount))
      records.push({ token, amount: fate === 'gated' ? -amount : amount, fate, customer: null })
    }
    await this.#deliver(
      'events',
      number,
      `incoming/events/${name(number)}.csv`,
      `${lines.join('\n')}\n`,
      records,
    )
  }

  async #customers(number: number): Promise<void> {
    const records: ShopRecord[] = []
    const lines: string[] = []
    const ids = new Set(
      Array.from({ length: this.#random.between(4, 10) }, () => this.#random.between(1, CUSTOMERS)),
    )
    for (const [index, customer] of [...ids].entries()) {
      const before = this.#latest.get(customer)
      if (before !== undefined && this.#random.chance(0.2)) {
        lines.push(customerLine(before, before.amount))
        records.push(before)
        continue
      }
      const token = `c${number}-${index}x`
      const fate = this.#random.pick(CUSTOMER_FATES)
      const record = { token, fate, amount: number, customer: fate === 'rejected' ? null : customer }
      lines.push(
        fate === 'malformed'
          ? `{"customer_id": ${customer}, "token": "${token}"`
          : customerLine(record, number),
      )
      records.push(record)
      if (fate === 'applied') this.#latest.set(customer, record)
    }
    await this.#deliver(
      'customers',
      number,
      `incoming/customers/${name(number)}.ndjson`,
      `${lines.join('\n')}\n`,
      records,
    )
  }

  async #prices(number: number): Promise<void> {
    const lines = Array.from({ length: ITEMS }, (_, item) => `${item},${number},${number * 100 + item}`)
    const text = ['item,version,price', ...lines, ''].join('\n')
    await this.#deliver('prices', number, 'incoming/prices.csv', text, [], ITEMS)
  }

  async #stock(number: number): Promise<void> {
    const day = this.#random.pick(DAYS)
    const lines = Array.from({ length: SKUS }, (_, sku) => `${day},${sku},${number}`)
    const text = gzipSync(['day,sku,version', ...lines, ''].join('\n'))
    await this.#deliver('stock', number, `incoming/stock/${name(number)}.csv.gz`, text, [], SKUS, day)
  }

  async #deliver(
    stream: StreamName,
    number: number,
    origin: string,
    content: string | Buffer,
    records: readonly ShopRecord[],
    size = records.length,
    day?: string,
  ): Promise<void> {
    const hash = createHash('sha256').update(content).digest('hex')
    const place = join(this.#root, origin)
    const aside = join(this.#root, `delivery-${number}`)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(aside, content)
    // Known before it can be seen: what a build takes at once is expected already.
    this.#made.push({ stream, number, origin, hash, size, records, day })
    await rename(aside, place)
  }
}

const EVENT_FATES: readonly Fate[] = [
  ...Array.from({ length: 8 }, (): Fate => 'applied'),
  ...(['filtered', 'duplicate', 'gated', 'rejected', 'malformed'] as const),
]
const CUSTOMER_FATES: readonly Fate[] = ['applied', 'applied', 'applied', 'applied', 'rejected', 'malformed']

function eventLine(token: string, number: number, fate: Fate, amount: number): string {
  if (fate === 'filtered') return `${token},b${number},noise,${amount}`
  if (fate === 'gated') return `${token},b${number},sale,-${amount}`
  if (fate === 'rejected') return `${token},b${number},sale,much`
  if (fate === 'malformed') return `${token},b${number},sale,${amount},and more`
  return `${token},b${number},sale,${amount}`
}

function customerLine({ token, customer }: ShopRecord, second: number): string {
  const updated_at = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString().slice(0, 19)
  return JSON.stringify({ customer_id: customer, token, updated_at })
}

function name(number: number): string {
  return String(number).padStart(6, '0')
}
