import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Executor, Session } from '../engine.ts'
import type { PostgresConnection } from './postgres-connection.ts'
import { PostgresExecutor } from './postgres-executor.ts'

/** One connection to the server. */
export class PostgresSession extends PostgresExecutor implements Session {
  readonly #onClose: () => void
  #closed: Promise<void> | undefined
  #inTransaction = false

  constructor(connection: PostgresConnection, onClose: () => void) {
    super(connection)
    this.#onClose = onClose
  }

  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    if (this.#inTransaction) {
      throw new WaterworksError('WW9001', { message: 'a session holds one transaction at a time' })
    }
    this.#inTransaction = true
    try {
      return await this.atomically(work)
    } finally {
      this.#inTransaction = false
    }
  }

  interrupt(): Promise<void> {
    return this.connection.interrupt()
  }

  close(): Promise<void> {
    this.#closed ??= this.connection.close().finally(this.#onClose)
    return this.#closed
  }
}
