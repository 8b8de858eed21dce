import type { Field } from '../batch/logical-type.ts'
import { valueAt } from '../batch/value-at.ts'
import type { Scalar } from '../engines/dialect.ts'
import type { Engine, Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { RowPage } from './owner-protocol.ts'
import type { Reader } from './reader.ts'

/** Reads through a session of this process. Refuses whatever is not a query (WW6011). */
export class SessionReader implements Reader {
  readonly #engine: Engine
  readonly #session: Session

  private constructor(engine: Engine, session: Session) {
    this.#engine = engine
    this.#session = session
  }

  static async open(engine: Engine): Promise<SessionReader> {
    return new SessionReader(engine, await engine.connect())
  }

  async *query(sql: string, params: readonly Scalar[] = []): AsyncIterable<RowPage> {
    await this.#refuseOthers(sql)
    let named = false
    for await (const batch of this.#session.batches(sql, params)) {
      named = true
      const rows = Array.from({ length: batch.rows }, (_, row) =>
        batch.columns.map((column) => valueAt(column, row)),
      )
      yield { columns: batch.columns.map((column) => column.name), rows }
    }
    if (!named) {
      const fields = await this.#session.describe(sql)
      yield { columns: fields.map((field) => field.name), rows: [] }
    }
  }

  async fields(sql: string): Promise<readonly Field[]> {
    await this.#refuseOthers(sql)
    return this.#session.describe(sql)
  }

  async #refuseOthers(sql: string): Promise<void> {
    const kinds = await this.#engine.classify(sql)
    if (kinds.length === 1 && kinds[0] === 'query') return
    throw new WaterworksError('WW6011', { message: 'only a single query can be run here' })
  }

  /** Stops the running query. */
  interrupt(): Promise<void> {
    return this.#session.interrupt()
  }

  close(): Promise<void> {
    return this.#session.close()
  }
}
