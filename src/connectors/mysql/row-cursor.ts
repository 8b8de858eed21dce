import type { Connection as Session } from 'mysql2'
import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { RowDecoder } from './row-decoder.ts'

/** The rows of a query, batch by batch. While nobody asks for one, nothing is taken off the wire. */
export class RowCursor {
  readonly #session: Session
  readonly #decoder: RowDecoder
  readonly #ready: Batch[] = []
  #ended = false
  #error: unknown
  #wake: (() => void) | undefined

  constructor(session: Session, query: string, fields: readonly Field[]) {
    this.#session = session
    this.#decoder = new RowDecoder(fields)
    const running = session.query({ sql: query, rowsAsArray: true, typeCast: false })
    running.on('result', (row: unknown) => this.#take(row))
    running.on('error', (error: unknown) => this.#end(error))
    running.on('end', () => this.#end(undefined))
  }

  get isEnded(): boolean {
    return this.#ended
  }

  /** The next rows; undefined behind the last. */
  async read(): Promise<Batch | undefined> {
    if (this.#ready.length === 0 && !this.#ended) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#session.resume()
      await woken
    }
    if (this.#error !== undefined) throw this.#error
    return this.#ready.shift()
  }

  #take(row: unknown): void {
    if (!isRow(row)) return
    try {
      if (!this.#decoder.push(row)) return
    } catch (error) {
      this.#session.destroy()
      this.#end(error)
      return
    }
    this.#ready.push(this.#decoder.finish())
    this.#session.pause()
    this.#wake?.()
  }

  #end(error: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    if (error === undefined && this.#decoder.rows > 0) this.#ready.push(this.#decoder.finish())
    this.#wake?.()
  }
}

/** What the driver gives beside rows tells how a statement ended. */
function isRow(row: unknown): row is readonly (Buffer | null)[] {
  return Array.isArray(row)
}
