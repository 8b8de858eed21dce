import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../api-manifest/json.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SelectedStream } from '../../singer-catalog/select-stream.ts'
import type { RowsArrival } from '../connector.ts'
import { batchRecords } from './batch-records.ts'
import { HandOver } from './hand-over.ts'
import { Lane, type Reached } from './lane.ts'
import { parseMessage, type SingerMessage } from './message.ts'
import { parseTapPosition } from './tap-position.ts'
import { stateToStartFrom } from './tap-state.ts'

/** Records after which a state is worth a place to go on from. */
const CHECKPOINT_ROWS = 5000
const CHUNK_ROWS = 20_000
/** What the records of all streams may take before some of them go. */
const MOST_BYTES = 16 * 1024 * 1024

/** A tap that runs. */
export interface RunningTap {
  lines(): AsyncIterable<string>
  stop(reason: Error): void
}

export interface TapReadingOptions {
  /** The streams that are read together. */
  readonly streams: ReadonlyMap<string, SelectedStream>
  /** Starts the tap for these streams, from a state. */
  readonly start: (streams: readonly SelectedStream[], state: JsonObject) => Promise<RunningTap>
  /** About how many records an arrival has. */
  readonly chunkRows: number | undefined
  /** Hears of a table that a tap has read anew as a whole, while the one before is kept. */
  readonly onNewVersion: (stream: string) => void
}

/**
 * One run of a tap, which brings several streams in one output. It begins once somebody reads each of them; what comes of
 * one waits until it is taken, and the tap with it.
 *
 * A state holds for all records before it, of whichever stream: it goes with the last of them that each stream has.
 */
export class TapReading {
  readonly #options: TapReadingOptions
  readonly #readers = new Map<string, Reader>()
  /** By the names that messages have for them. */
  readonly #routes = new Map<string, Route>()
  #tap: RunningTap | undefined
  #failure: Error | undefined
  #reached: Reached = { state: {}, order: 0 }
  /** Records since the last state that was worth a place to go on from. */
  #since = 0

  constructor(options: TapReadingOptions) {
    this.#options = options
  }

  /** Whether a stream is to be read of it and is not yet. */
  awaits(stream: string): boolean {
    return this.#options.streams.has(stream) && !this.#readers.has(stream)
  }

  /** The records of one stream behind a position. */
  read(stream: string, position: string | null): AsyncGenerator<RowsArrival, void, undefined> {
    const to = new HandOver<RowsArrival>(() =>
      this.stop(new WaterworksError('WW5007', { message: 'reading the tap was stopped' })),
    )
    this.#readers.set(stream, { position, to })
    if (this.#failure !== undefined) to.fail(this.#failure)
    else if (this.#readers.size === this.#options.streams.size) void this.#run()
    return to.things()
  }

  /** Whoever reads is told the reason. */
  stop(reason: Error): void {
    this.#failure ??= reason
    if (this.#tap !== undefined) this.#tap.stop(this.#failure)
    else for (const { to } of this.#readers.values()) to.fail(this.#failure)
  }

  async #run(): Promise<void> {
    try {
      const tap = await this.#start()
      let number = 0
      for await (const line of tap.lines()) await this.#take(parseMessage(line, ++number), number)
      if (this.#failure !== undefined) throw this.#failure
      await this.#give((lane) => lane.finish(this.#reached))
      for (const { to } of this.#readers.values()) to.end()
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
      this.#tap?.stop(this.#failure)
      for (const { to } of this.#readers.values()) to.fail(this.#failure)
    }
  }

  async #start(): Promise<RunningTap> {
    const streams = [...this.#options.streams].map(([name, selected]) => {
      const { position = null, to } = this.#readers.get(name) ?? {}
      return { name, selected, to, id: selected.id, position: parseTapPosition(position) }
    })
    const state = stateToStartFrom(streams)
    this.#reached = { state, order: Math.max(...streams.map(({ position }) => position?.order ?? 0)) }
    const read = randomUUID()
    for (const { name, selected, position, to } of streams) {
      // Where a stream stands is its own state, until a later one comes.
      const lane = new Lane(selected, position, position ?? this.#reached, read)
      if (to !== undefined) this.#routes.set(selected.stream, { name, lane, to, isDeclared: false })
    }
    const tap = await this.#options.start(
      streams.map(({ selected }) => selected),
      state,
    )
    this.#tap = tap
    if (this.#failure !== undefined) tap.stop(this.#failure)
    return tap
  }

  async #take(message: SingerMessage, number: number): Promise<void> {
    if (message.type === 'STATE') return this.#arriveAt(message.value)
    // A tap may know nothing of catalogs and bring what nobody asked for.
    const route = this.#routes.get(message.stream)
    if (route === undefined) return
    const { lane, name, to } = route
    if (message.type === 'SCHEMA') {
      route.isDeclared = true
      const before = lane.declare(message.schema)
      if (before !== undefined) await to.give(before)
      return
    }
    if (message.type === 'ACTIVATE_VERSION') {
      lane.version = message.version
      if (lane.position !== undefined && lane.position.version !== message.version) {
        this.#options.onNewVersion(name)
      }
      return
    }
    if (!route.isDeclared) {
      const what = `line ${number} of the tap's output comes before the SCHEMA of its stream`
      throw new WaterworksError('WW4504', { message: what })
    }
    if (message.type === 'RECORD') return this.#add(route, message.record)
    for await (const record of batchRecords(message.files)) await this.#add(route, record)
  }

  /** All records before a state have come. */
  async #arriveAt(state: JsonObject): Promise<void> {
    // A state of nothing never takes the place of one that says something.
    const says = Object.keys(state).length > 0
    this.#reached = { state: says ? state : this.#reached.state, order: this.#reached.order + 1 }
    if (this.#since < (this.#options.chunkRows ?? CHECKPOINT_ROWS)) return
    this.#since = 0
    await this.#give((lane) => lane.close(this.#reached))
  }

  async #add({ lane, to }: Route, record: JsonObject): Promise<void> {
    lane.add(record)
    this.#since++
    if (lane.rows >= (this.#options.chunkRows ?? CHUNK_ROWS)) return to.give(lane.take())
    // The sum is taken now and then: it is no matter of single records.
    if (this.#since % 64 !== 0 && lane.size < MOST_BYTES) return
    const routes = [...this.#routes.values()]
    if (routes.reduce((sum, each) => sum + each.lane.size, 0) < MOST_BYTES) return
    const fullest = routes.reduce((a, b) => (b.lane.size > a.lane.size ? b : a))
    await fullest.to.give(fullest.lane.take())
  }

  async #give(of: (lane: Lane) => RowsArrival | undefined): Promise<void> {
    await Promise.all(
      [...this.#routes.values()].map(async ({ lane, to }) => {
        const arrival = of(lane)
        if (arrival !== undefined) await to.give(arrival)
      }),
    )
  }
}

interface Reader {
  readonly position: string | null
  readonly to: HandOver<RowsArrival>
}

interface Route {
  readonly name: string
  readonly lane: Lane
  readonly to: HandOver<RowsArrival>
  isDeclared: boolean
}
