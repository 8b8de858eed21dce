import type { Connection, Submittable } from 'pg'
import type { Batch } from '../batch/batch.ts'
import type { CopyDecoder } from './copy-decoder.ts'
import { takeCopyData } from './copy-stream.ts'

/** Full batches that wait for the reader before the socket is paused. */
const BATCHES_AHEAD = 2

/**
 * Runs `COPY … TO STDOUT (FORMAT binary)` and decodes its data as it arrives. A slow reader slows the server down.
 */
export class CopyOut implements Submittable {
  readonly #sql: string
  readonly #decoder: CopyDecoder
  readonly #done = Promise.withResolvers<void>()
  #connection: Connection | undefined
  #batches: Batch[] = []
  #wake = Promise.withResolvers<void>()
  #state: 'running' | 'ended' | 'failed' = 'running'
  #decodingError: unknown
  #discards = false

  constructor(sql: string, decoder: CopyDecoder) {
    this.#sql = sql
    this.#decoder = decoder
    this.#done.promise.catch(() => undefined)
  }

  /** Whether the server still sends. */
  get isRunning(): boolean {
    return this.#state === 'running'
  }

  get hasFailed(): boolean {
    return this.#state === 'failed'
  }

  /** The next full batch; undefined when there are no more, the rest being in the decoder. */
  async read(): Promise<Batch | undefined> {
    while (this.#batches.length === 0 && this.#state === 'running' && !this.#discards) await this.#sleep()
    const batch = this.#batches.shift()
    if (this.#batches.length < BATCHES_AHEAD) this.#connection?.stream.resume()
    if (batch !== undefined) return batch
    if (this.#discards) throw this.#decodingError
    await this.#done.promise
    return undefined
  }

  /** Reads to the end without keeping anything; the connection is free again afterwards. */
  async drain(): Promise<void> {
    this.#discards = true
    this.#batches = []
    this.#connection?.stream.resume()
    await this.#done.promise.catch(() => undefined)
  }

  submit(connection: Connection): void {
    this.#connection = connection
    takeCopyData(connection, (bytes, start, end) => this.#take(bytes, start, end))
    connection.query(this.#sql)
  }

  #take(bytes: Uint8Array, start: number, end: number): void {
    if (this.#discards) return
    try {
      const batch = this.#decoder.push(bytes, start, end)
      if (batch === undefined) return
      this.#batches.push(batch)
      if (this.#batches.length >= BATCHES_AHEAD) this.#connection?.stream.pause()
    } catch (error) {
      this.#decodingError = error
      this.#discards = true
    }
    this.#wake.resolve()
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.#done.reject(error)
    this.#end('failed')
  }

  handleReadyForQuery(): void {
    this.#done.resolve()
    this.#end('ended')
  }

  async #sleep(): Promise<void> {
    await this.#wake.promise
    this.#wake = Promise.withResolvers()
  }

  #end(state: 'ended' | 'failed'): void {
    this.#state = state
    this.#connection?.stream.resume()
    this.#wake.resolve()
  }
}
