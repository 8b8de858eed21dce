import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

export interface Ended {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

const bin = fileURLToPath(new URL('../../../bin/waterworks.js', import.meta.url))

/** The real command, as a user's shell starts it: a process of its own. */
export class WaterworksProcess {
  readonly #child: ChildProcess
  readonly ended: Promise<Ended>

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [bin, ...args], {
      env: { PATH, HOME, NO_COLOR: '1', ...inject('bundle'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.ended = gather(child, child.stdout, child.stderr)
  }

  /** As by a power cut: the process can do nothing about it. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** As by a supervisor that wants it to end in good order. */
  stop(): void {
    this.#child.kill('SIGTERM')
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }
}

async function gather(
  child: ChildProcess,
  out: NodeJS.ReadableStream,
  err: NodeJS.ReadableStream,
): Promise<Ended> {
  const [stdout, stderr] = await Promise.all([text(out), text(err), once(child, 'close')])
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr }
}
