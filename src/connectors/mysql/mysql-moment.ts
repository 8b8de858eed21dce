import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connection } from '../../project/project.ts'
import type { Patience, SourceMoment } from '../tables/source-moment.ts'
import { MysqlClient } from './mysql-client.ts'
import { isBroken } from './mysql-error.ts'

/** How often an idle connection is used, so that nothing on the way takes it for dead. */
const HEARTBEAT_MS = 30_000

/**
 * One moment of a source, seen by one connection: MySQL has no way to let another see it without stopping all that
 * write. Whoever asks waits for those who asked before. When the connection breaks, the moment is gone.
 */
export class MysqlMoment implements SourceMoment {
  readonly id: string
  readonly #connection: Connection
  readonly #client: MysqlClient
  readonly #heartbeat: NodeJS.Timeout
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #closed = false

  private constructor(connection: Connection, client: MysqlClient, id: string) {
    this.#connection = connection
    this.#client = client
    this.id = id
    this.#heartbeat = setInterval(() => {
      if (this.#waiting === 0) void client.rows('select 1').catch(() => undefined)
    }, HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  static async take(connection: Connection): Promise<MysqlMoment> {
    const client = await MysqlClient.connect(connection)
    try {
      const [row] = await client.rows(
        'select cast(utc_timestamp(6) as char), cast(connection_id() as char), @@hostname',
      )
      return new MysqlMoment(connection, client, row!.join(' '))
    } catch (error) {
      await client.close()
      throw error
    }
  }

  get isLost(): boolean {
    return this.#closed || this.#client.isBroken
  }

  async insist<T>(_: Patience, work: (client: MysqlClient) => Promise<T>): Promise<T> {
    const before = this.#last
    this.#waiting++
    const mine = before.then(() => this.#use(work))
    this.#last = mine.catch(() => undefined)
    try {
      return await mine
    } finally {
      this.#waiting--
    }
  }

  interrupt(): void {
    this.#client.destroy()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#heartbeat)
    await this.#client.close()
  }

  async #use<T>(work: (client: MysqlClient) => Promise<T>): Promise<T> {
    if (this.isLost) throw this.#gone()
    try {
      return await work(this.#client)
    } catch (error) {
      // Rows that nobody reads would stand before the answer to the next question.
      if (this.#client.isReading) this.#client.destroy()
      throw this.#client.isBroken && !this.#closed && isBroken(error) ? this.#gone(error) : error
    }
  }

  #gone(cause?: unknown): WaterworksError {
    return new WaterworksError('WW4204', {
      message: `connection ${this.#connection.name}: the connection that held the snapshot broke`,
      cause,
    })
  }
}
