import type { Engine, Session } from '../engines/engine.ts'

/** A few sessions of one engine, opened when first needed and handed out one user at a time. */
export class SessionPool {
  readonly #engine: Engine
  readonly #idle: Session[] = []
  readonly #busy = new Set<Session>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Runs `work` with a session of its own. A session on which something failed is not used again. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#idle.pop() ?? (await this.#engine.connect())
    this.#busy.add(session)
    try {
      const result = await work(session)
      this.#idle.push(session)
      return result
    } catch (error) {
      await session.close().catch(() => undefined)
      throw error
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
