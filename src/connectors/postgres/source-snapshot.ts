import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connection } from '../../project/project.ts'
import type { Patience, SourceMoment } from '../tables/source-moment.ts'
import { SourceClient } from './source-client.ts'
import { isBroken, saysSnapshotGone } from './source-error.ts'
import { quoteText } from './source-sql.ts'

/** How often the connection that holds the snapshot is used, so that nothing on the way takes it for dead. */
const HEARTBEAT_MS = 30_000

/**
 * One moment of a source, seen by several connections: one exports its snapshot and holds it, the others import it.
 * While the holder lives, a connection that broke is replaced by another that sees the same moment.
 */
export class SourceSnapshot implements SourceMoment {
  readonly #connection: Connection
  readonly #holder: SourceClient
  readonly #name: string
  readonly #heartbeat: NodeJS.Timeout
  readonly #idle: SourceClient[] = []
  readonly #busy = new Set<SourceClient>()
  readonly #waiting: (() => void)[] = []
  #free: number
  #closed = false
  /** Says which moment it is: unique among the snapshots of a server. */
  readonly id: string

  private constructor(connection: Connection, holder: SourceClient, name: string, id: string) {
    this.#connection = connection
    this.#holder = holder
    this.#name = name
    this.id = id
    this.#free = connection.maxConnections - 1
    this.#heartbeat = setInterval(() => void holder.rows('select 1').catch(() => undefined), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  static async take(connection: Connection): Promise<SourceSnapshot> {
    const holder = await SourceClient.connect(connection)
    try {
      await holder.rows('begin transaction isolation level repeatable read, read only')
      const [row] = await holder.rows('select pg_export_snapshot(), clock_timestamp()::text')
      const [name, at] = row ?? []
      return new SourceSnapshot(connection, holder, name!, `${at} ${name}`)
    } catch (error) {
      await holder.close()
      throw error
    }
  }

  /** Whether it can still be imported. */
  get isLost(): boolean {
    return this.#closed || this.#holder.isBroken
  }

  /**
   * Runs `work` with a connection that sees the moment, waiting for one of those there may be. One on which anything
   * failed is not used again. Throws WW4204 when the moment is gone.
   */
  async use<T>(work: (client: SourceClient) => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      const client = this.#idle.pop() ?? (await this.#open())
      this.#busy.add(client)
      try {
        const result = await work(client)
        this.#idle.push(client)
        return result
      } catch (error) {
        client.destroy()
        await client.close()
        throw error
      } finally {
        this.#busy.delete(client)
      }
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }

  /** As `use`, again with another connection when one breaks; `work` begins anew each time. */
  async insist<T>(patience: Patience, work: (client: SourceClient) => Promise<T>): Promise<T> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.use(work)
      } catch (error) {
        if (this.#closed || !isBroken(error)) throw error
        if (this.isLost) throw this.#gone(error)
        if (retry >= patience.retries) throw error
        await new Promise((resolve) => setTimeout(resolve, patience.pauseMs * 2 ** retry))
      }
    }
  }

  /** Has whatever runs fail, and lets the moment go. */
  interrupt(): void {
    for (const client of [...this.#busy, this.#holder]) client.destroy()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#heartbeat)
    await Promise.all([...this.#idle.splice(0), this.#holder].map((client) => client.close()))
  }

  async #open(): Promise<SourceClient> {
    if (this.isLost) throw this.#gone()
    const client = await SourceClient.connect(this.#connection)
    try {
      await client.rows('begin transaction isolation level repeatable read, read only')
      await client.rows(`set transaction snapshot ${quoteText(this.#name)}`)
      return client
    } catch (error) {
      await client.close()
      throw saysSnapshotGone(error) ? this.#gone(error) : error
    }
  }

  #gone(cause?: unknown): WaterworksError {
    return new WaterworksError('WW4204', {
      message: `connection ${this.#connection.name}: the connection that held the snapshot broke`,
      cause,
    })
  }
}
