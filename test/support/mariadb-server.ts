import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import type { Connection } from '../../src/project/project.ts'

/** Where packages from Debian are kept between runs. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'waterworks-debian')
const PACKAGES = ['mariadb-server-core', 'libaio1', 'liburing2']
const USER = 'waterworks'
const PASSWORD = 'not a secret'

/** A real MariaDB server of the suite that starts it. */
export interface MariadbServer {
  readonly port: number
  /** What reads of it are to connect by. */
  connection(database: string, given?: Partial<Connection>): Connection
  /** Runs statements in a session of its own, each committed; gives the rows of the last. */
  run(database: string | undefined, ...statements: readonly string[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * The server's files, from Debian's packages, unpacked and not installed, once. Undefined where that cannot be done;
 * `report` is told why.
 */
export function prepareMariadb(report: (reason: string) => void): string | undefined {
  const root = join(CACHE, 'mariadb')
  const done = join(root, 'unpacked')
  if (existsSync(done)) return root
  const debs = join(root, 'debs')
  mkdirSync(debs, { recursive: true })
  const fetched = spawnSync('apt-get', ['download', ...PACKAGES], { cwd: debs, encoding: 'utf8' })
  if (fetched.status !== 0) {
    report(`apt-get: ${fetched.error?.message ?? fetched.stderr.trim().split('\n').at(-1)}`)
    return undefined
  }
  for (const deb of readdirSync(debs)) {
    const unpacked = spawnSync('dpkg', ['-x', join(debs, deb), root], { encoding: 'utf8' })
    if (unpacked.status === 0) continue
    report(`dpkg: ${unpacked.error?.message ?? unpacked.stderr.trim()}`)
    return undefined
  }
  const version = spawnSync(join(root, 'usr/sbin/mariadbd'), ['--no-defaults', '--version'], {
    env: environment(root),
    encoding: 'utf8',
  })
  if (version.status !== 0) {
    report(`the server does not start: ${version.error?.message ?? version.stderr.trim()}`)
    return undefined
  }
  rmSync(debs, { recursive: true })
  writeFileSync(done, version.stdout)
  return root
}

/** @param root of `prepareMariadb` */
export async function startMariadb(root: string): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ww-mariadb-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const share = join(root, 'usr/share/mysql')
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
    // Servers do not like to be root; where tests are, they may.
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--innodb-buffer-pool-size=64M',
    '--innodb-flush-log-at-trx-commit=0',
  ]
  const program = join(root, 'usr/sbin/mariadbd')
  const system = ['mysql_system_tables', 'mysql_performance_tables', 'mysql_system_tables_data']
  const tables = system.map((name) => readFileSync(join(share, `${name}.sql`), 'utf8'))
  const made = spawnSync(program, [...options, '--bootstrap'], {
    env: environment(root),
    input: ['create database mysql;', 'use mysql;', ...tables].join('\n'),
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`no system tables: ${made.stderr}`)
  const begin = join(folder, 'begin.sql')
  writeFileSync(
    begin,
    `create user ${USER}@'127.0.0.1' identified by '${PASSWORD}';\ngrant all on *.* to ${USER}@'127.0.0.1' with grant option;\n`,
  )
  const port = await freePort()
  const server = spawn(
    program,
    [
      ...options,
      `--init-file=${begin}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'server.sock')}`,
      `--pid-file=${join(folder, 'server.pid')}`,
    ],
    { env: environment(root), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complaints = ''
  server.stderr.on('data', (text: Buffer) => {
    complaints += text.toString()
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const place = { host: '127.0.0.1', port, user: USER, password: PASSWORD }
  for (let tries = 0; ; tries++) {
    try {
      await (await createConnection(place)).end()
      break
    } catch (error) {
      if (tries > 300 || server.exitCode !== null) throw new Error(complaints, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    port,
    connection: (database, given = {}) => ({
      ...place,
      type: 'mysql',
      name: 'shop_db',
      database,
      ssl: 'disable',
      maxConnections: 4,
      statementTimeoutMs: 60_000,
      lockTimeoutMs: 10_000,
      connectTimeoutMs: 10_000,
      applicationName: 'waterworks',
      lacks: [],
      ...given,
    }),
    async run(database, ...statements) {
      const client = await createConnection({ ...place, ...(database === undefined ? {} : { database }) })
      try {
        let rows: unknown
        for (const statement of statements) [rows] = await client.query(statement)
        return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : []
      } finally {
        await client.end()
      }
    },
    async close() {
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function environment(root: string): NodeJS.ProcessEnv {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64'
  return { ...process.env, LD_LIBRARY_PATH: join(root, `usr/lib/${machine}-linux-gnu`) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
