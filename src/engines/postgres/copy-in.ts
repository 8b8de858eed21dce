import type { Connection, Submittable } from 'pg'
import { statementError } from '../../postgres-protocol/postgres-error.ts'

/** CopyDone, CopyFail: message byte, then the length of what follows with itself included. */
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4])
const COPY_FAIL = Buffer.from([0x66, 0, 0, 0, 5, 0])

/** Runs `COPY … FROM STDIN` and sends whole CopyData messages; waits while the socket is full. */
export class CopyIn implements Submittable {
  readonly #sql: string
  readonly #ready = Promise.withResolvers<Connection>()
  readonly #done = Promise.withResolvers<number>()
  #rows = 0

  constructor(sql: string) {
    this.#sql = sql
    this.#done.promise.catch(() => undefined)
    this.#ready.promise.catch(() => undefined)
  }

  /** Sends CopyData messages; rejects when the server has refused what came before. */
  async write(message: Uint8Array): Promise<void> {
    const { stream } = await this.#ready.promise
    if (stream.write(message)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    stream.once('drain', resolve)
    stream.once('close', resolve)
    await Promise.race([promise, this.#done.promise])
    stream.off('drain', resolve)
    stream.off('close', resolve)
  }

  /** Ends the data; gives the number of rows the server took. */
  async finish(): Promise<number> {
    const { stream } = await this.#ready.promise
    stream.write(COPY_DONE)
    return this.#done.promise
  }

  /** Has the server throw away what it was sent; the connection is free again afterwards. */
  async abort(): Promise<void> {
    const connection = await this.#ready.promise.catch(() => undefined)
    connection?.stream.write(COPY_FAIL)
    await this.#done.promise.catch(() => undefined)
  }

  submit(connection: Connection): void {
    connection.query(this.#sql)
  }

  handleCopyInResponse(connection: Connection): void {
    this.#ready.resolve(connection)
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0)
  }

  handleError(cause: Error): void {
    const error = statementError(cause)
    this.#ready.reject(error)
    this.#done.reject(error)
  }

  handleReadyForQuery(): void {
    this.#done.resolve(this.#rows)
  }
}
