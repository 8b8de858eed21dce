import type { Engine, Session } from '../engines/engine.ts'

/** A few sessions of one engine, opened when first needed and handed out one user at a time. */
export class SessionPool {
  readonly #engine: Engine
  readonly #whole: SessionPool | undefined
  readonly #idle: Session[] = []
  readonly #busy = new Set<Session>()

  /** @param whole the pool whose sessions this one hands on; it opens its own unless given */
  constructor(engine: Engine, whole?: SessionPool) {
    this.#engine = engine
    this.#whole = whole
  }

  /** The same sessions for one task, which may be interrupted without the others. */
  scope(): SessionPool {
    return new SessionPool(this.#engine, this)
  }

  /** Runs `work` with a session of its own. A session on which something failed is not used again. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#whole !== undefined) return this.#whole.use((session) => this.#keepBusy(session, work))
    const session = this.#idle.pop() ?? (await this.#engine.connect())
    try {
      const result = await this.#keepBusy(session, work)
      this.#idle.push(session)
      return result
    } catch (error) {
      await session.close().catch(() => undefined)
      throw error
    }
  }

  async #keepBusy<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
    this.#busy.add(session)
    try {
      return await work(session)
    } finally {
      this.#busy.delete(session)
    }
  }

  /** Stops every running statement. A session that cannot be reached any more has nothing to stop. */
  async interrupt(): Promise<void> {
    await Promise.allSettled([...this.#busy].map((session) => session.interrupt()))
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((session) => session.close()))
  }
}
