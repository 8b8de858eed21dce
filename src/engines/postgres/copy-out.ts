import type { Connection, Submittable } from 'pg'

/** Bytes held before the socket is paused, and below which it goes on. */
const HIGH_WATER = 1 << 20

/** Runs `COPY … TO STDOUT` and hands out its data as it arrives; a slow reader slows the server down. */
export class CopyOut implements Submittable {
  readonly #sql: string
  readonly #done = Promise.withResolvers<void>()
  #connection: Connection | undefined
  #chunks: Uint8Array[] = []
  #size = 0
  #finished = false
  #failed = false
  #wake = Promise.withResolvers<void>()

  constructor(sql: string) {
    this.#sql = sql
    this.#done.promise.catch(() => undefined)
  }

  /** Whether the server has ended the COPY with an error. */
  get hasFailed(): boolean {
    return this.#failed
  }

  /** What arrived since the last call, waiting for something to arrive; undefined after the end. */
  async read(): Promise<readonly Uint8Array[] | undefined> {
    while (this.#chunks.length === 0 && !this.#finished) {
      await this.#wake.promise
      this.#wake = Promise.withResolvers()
    }
    if (this.#chunks.length === 0) {
      await this.#done.promise
      return undefined
    }
    return this.#take()
  }

  /** Reads to the end without keeping anything; the connection is free again afterwards. */
  async drain(): Promise<void> {
    while (!this.#finished) {
      this.#take()
      await this.#wake.promise
      this.#wake = Promise.withResolvers()
    }
    this.#take()
    await this.#done.promise.catch(() => undefined)
  }

  submit(connection: Connection): void {
    this.#connection = connection
    connection.query(this.#sql)
  }

  handleCopyData(message: { readonly chunk: Uint8Array }): void {
    this.#chunks.push(message.chunk)
    this.#size += message.chunk.length
    if (this.#size > HIGH_WATER) this.#connection?.stream.pause()
    this.#wake.resolve()
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.#failed = true
    this.#done.reject(error)
    this.#finish()
  }

  handleReadyForQuery(): void {
    this.#done.resolve()
    this.#finish()
  }

  #take(): readonly Uint8Array[] {
    const chunks = this.#chunks
    this.#chunks = []
    this.#size = 0
    this.#connection?.stream.resume()
    return chunks
  }

  #finish(): void {
    this.#finished = true
    this.#connection?.stream.resume()
    this.#wake.resolve()
  }
}
