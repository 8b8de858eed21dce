import type { Engine, Session } from '../../engines/engine.ts'
import { openScratchEngine } from './open-engine.ts'

/** A DuckDB in memory for looking into files, opened when it is first asked for. */
export class Scratch {
  #engine: Promise<Engine> | undefined
  #session: Promise<Session> | undefined

  session(): Promise<Session> {
    this.#engine ??= openScratchEngine()
    this.#session ??= this.#engine.then((engine) => engine.connect())
    return this.#session
  }

  async close(): Promise<void> {
    await (await this.#session)?.close()
    await (await this.#engine)?.close()
  }
}
