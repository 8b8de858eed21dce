import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: {
      /** Where the port of the PostgreSQL server is told, once it runs. */
      readonly door: number
      readonly user: string
      readonly password: string
    }
  }
}

const USER = 'waterworks'
const PASSWORD = 'not a secret'
const PROGRAM = fileURLToPath(new URL('run-postgres.ts', import.meta.url))

/**
 * One real PostgreSQL server for all test files of a run. It is started when the first of them asks, for most runs of a
 * few files need none.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<RunningPostgres> | undefined
  const door = createServer((asking) => {
    asking.on('error', () => undefined)
    running ??= startPostgres()
    running.then(
      ({ port }) => asking.end(String(port)),
      (error: unknown) => asking.end(`no PostgreSQL server: ${String(error)}`),
    )
  })
  project.provide('postgres', { door: await listen(door), user: USER, password: PASSWORD })
  return async () => {
    door.close()
    const server = await running?.catch(() => undefined)
    await server?.stop()
  }
}

export interface RunningPostgres {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Stops the server, and removes its files. */
  stop(): Promise<void>
}

/** Starts a server of its own, in a process of its own; whoever starts it stops it. */
export async function startPostgres(): Promise<RunningPostgres> {
  const server = spawn(process.execPath, [PROGRAM, USER, PASSWORD], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = ''
  server.stderr.on('data', (text: Buffer) => {
    complaints += text.toString()
  })
  const ended = once(server, 'exit')
  const [line] = await Promise.race([
    once(createInterface({ input: server.stdout }), 'line'),
    ended.then(([code]) =>
      Promise.reject(new Error(`the server's process ended with ${code}: ${complaints}`)),
    ),
  ])
  return {
    port: Number(line),
    user: USER,
    password: PASSWORD,
    async stop() {
      server.stdin.end()
      await ended
    },
  }
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
      else reject(new Error('no port was given'))
    })
  })
}
