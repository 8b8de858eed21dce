import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { splitLines } from './split-lines.ts'

/** After which a tap that was asked to stop is made to. */
const GRACE_MS = 5000
/** A line that does not end is no record. */
const LONGEST_LINE = 256 * 1024 * 1024
/** What is kept of one line of the log. */
const LONGEST_LOG_LINE = 8192
/** What a shell ends with when a program may not be run, or is not there. */
const NOT_STARTED = new Set([126, 127])
/**
 * Starts a tap with a guardian in its process group, which ends the group when its input ends: that is when this process
 * is gone, however it went. The guardian is nobody's child, so that a tap that waits for its children does not wait for it.
 */
const GUARDED = `exec 3<&0 </dev/null
( { trap '' TERM INT HUP; read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 & )
exec 3<&-
exec "$@"`

export interface TapProcessOptions {
  /** The program and its arguments. */
  readonly command: readonly string[]
  /** Where it runs, absolute. */
  readonly cwd: string
  /** How long it may write nothing while it is listened to. */
  readonly silenceMs: number
  /** Gets the lines that it writes to its log (standard error). */
  readonly onLog: (line: string) => void
  /** Where people find that log. */
  readonly logName: string
}

/**
 * A tap at work, in a process group of its own that does not outlive this process. Its output is read as it is asked for: while nobody asks, the pipe fills
 * and the tap waits.
 */
export class TapProcess {
  readonly #options: TapProcessOptions
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #ended: Promise<void>
  readonly #kill = (): void => this.#signal('SIGKILL')
  #reason: Error | undefined
  #force: NodeJS.Timeout | undefined

  constructor(options: TapProcessOptions) {
    this.#options = options
    // Its standard input is the guardian's, and nothing is ever written to it.
    this.#child = spawn('/bin/sh', ['-c', GUARDED, 'tap', ...options.command], {
      cwd: options.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#ended = once(this.#child, 'exit').then(
      () => this.#gone(),
      (cause: unknown) => {
        this.#reason ??= this.#notStarted(cause)
        this.#gone()
      },
    )
    process.once('exit', this.#kill)
    void this.#log()
  }

  /**
   * The lines of its output. Throws WW4501 when it cannot be started, WW4502 when it does not end well, WW4503 when it falls
   * silent, WW4504 when its last line is cut off, and what `stop` was given.
   */
  async *lines(): AsyncGenerator<string, void, undefined> {
    const rest = yield* splitLines(this.#output(), LONGEST_LINE)
    if (rest === '') return
    throw new WaterworksError('WW4504', { message: "the last line of the tap's output is cut off" })
  }

  /** All of its output at once. Throws as `lines` does. */
  async text(): Promise<string> {
    const chunks: Buffer[] = []
    for await (const chunk of this.#output()) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  async *#output(): AsyncGenerator<Buffer, void, undefined> {
    try {
      const chunks: AsyncIterator<Buffer> = this.#child.stdout[Symbol.asyncIterator]()
      for (let chunk = await this.#next(chunks); chunk !== undefined; chunk = await this.#next(chunks)) {
        yield chunk
      }
      const timer = this.#watch()
      await this.#ended
      clearTimeout(timer)
      if (this.#reason !== undefined) throw this.#reason
      this.#judge()
    } finally {
      this.stop(new WaterworksError('WW5007', { message: 'reading the tap was stopped' }))
    }
  }

  /** Throws WW4502 unless it said that all went well, WW4501 where it never ran. */
  #judge(): void {
    const { exitCode, signalCode } = this.#child
    if (exitCode === 0) return
    if (exitCode !== null && NOT_STARTED.has(exitCode)) throw this.#notStarted()
    const how = signalCode === null ? `ended with ${exitCode}` : `was ended by ${signalCode}`
    const { command, logName } = this.#options
    throw new WaterworksError('WW4502', { message: `${command[0]} ${how}; its log is ${logName}` })
  }

  #notStarted(cause?: unknown): WaterworksError {
    const { command, logName } = this.#options
    const message = `${command[0]} cannot be started; its log is ${logName}`
    return new WaterworksError('WW4501', { message, cause })
  }

  /** Asks the tap and all that it started to end, and makes them a little later. `lines` throws the reason. */
  stop(reason: Error): void {
    if (this.#isGone) return
    this.#reason ??= reason
    this.#signal('SIGTERM')
    this.#force ??= setTimeout(this.#kill, GRACE_MS)
    this.#child.stdout.destroy()
  }

  /** Resolves once it is gone. */
  async over(): Promise<void> {
    await this.#ended
  }

  async #next(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
    const timer = this.#watch()
    try {
      const { done, value } = await chunks.next()
      return done === true ? undefined : value
    } catch (error) {
      // A tap that is stopped from here, or never started, breaks its pipe; `lines` tells why.
      this.stop(error instanceof Error ? error : new Error(String(error)))
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  #watch(): NodeJS.Timeout {
    const { silenceMs, command } = this.#options
    return setTimeout(() => {
      const seconds = silenceMs / 1000
      this.stop(
        new WaterworksError('WW4503', { message: `${command[0]} wrote nothing for ${seconds} seconds` }),
      )
    }, silenceMs)
  }

  /** What it started and left behind would keep its pipe open. */
  #gone(): void {
    process.removeListener('exit', this.#kill)
    clearTimeout(this.#force)
    this.#signal('SIGKILL')
  }

  get #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  #signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, name)
    } catch {
      // All of the group are gone.
    }
  }

  async #log(): Promise<void> {
    let kept = ''
    try {
      for await (const chunk of this.#child.stderr.setEncoding('utf8')) {
        const lines = `${kept}${chunk}`.split(/\r?\n/)
        kept = (lines.pop() ?? '').slice(0, LONGEST_LOG_LINE)
        for (const line of lines) this.#options.onLog(line.slice(0, LONGEST_LOG_LINE))
      }
    } catch {
      // The log ends with the tap.
    }
    if (kept !== '') this.#options.onLog(kept)
  }
}
