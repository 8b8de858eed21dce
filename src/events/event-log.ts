import type { Event } from './event.ts'
import { redactEvent } from './redact-event.ts'
import type { RunRecordLog } from './run-record-log.ts'

/** Where events are kept: the part of a StateStore that an event log needs. */
export interface EventSink {
  record(events: readonly Event[]): Promise<void>
}

export type EventListener = (event: Event) => void

/**
 * The way events take: secrets are masked, listeners get each event at once, and `flush` records in one
 * transaction whatever was emitted since the last one.
 */
export class EventLog {
  readonly #sink: EventSink
  readonly #secrets: readonly string[]
  readonly #records: RunRecordLog | undefined
  readonly #listeners = new Set<EventListener>()
  #pending: Event[] = []
  #writing: Promise<void> | undefined

  constructor(options: {
    readonly sink: EventSink
    /** Values that must never be printed or kept. */
    readonly secrets?: readonly string[]
    /** Gets a line for each pipeline run once it is recorded. */
    readonly records?: RunRecordLog | undefined
  }) {
    this.#sink = options.sink
    this.#secrets = options.secrets ?? []
    this.#records = options.records
  }

  /** Calls `listener` with every event from now on; returns what ends that. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: Event): void {
    const redacted = Object.freeze(redactEvent(event, this.#secrets))
    this.#pending.push(redacted)
    for (const listener of this.#listeners) listener(redacted)
  }

  /**
   * Resolves when everything emitted before the call is recorded. Flushes at the same time share a transaction.
   * After a failure the events wait for the next flush.
   */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing.catch(() => undefined)
    if (this.#pending.length === 0) return
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined
    })
    await this.#writing
  }

  async #write(): Promise<void> {
    const events = this.#pending
    this.#pending = []
    try {
      await this.#sink.record(events)
    } catch (error) {
      this.#pending = [...events, ...this.#pending]
      throw error
    }
    await this.#records?.append(
      events.flatMap((event) => (event.type === 'pipeline-recorded' ? [event.record] : [])),
    )
  }
}
