import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Row } from '../../src/engines/engine.ts'
import { WaterworksProcess } from '../support/scratch/waterworks-process.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

describe('the shop example', () => {
  let folder: string
  let root: string
  let server: ChildProcess
  let source: pg.Client

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waterworks-shop-'))
    // Where tests run as root, the database runs as another user, who must get in.
    await chmod(folder, 0o755)
    root = join(folder, 'examples/shop')
    await mkdir(join(folder, 'examples'))
    await cp(join(repository, 'examples/shop'), root, {
      recursive: true,
      filter: (path) => !/\/(\.waterworks|\.source|\.env)$/.test(path),
    })
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
    server = spawn(process.execPath, ['source/serve.ts', '--port', String(await freePort())], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const chunk of server.stdout!) if (String(chunk).includes('runs on port')) break
    const env = parseEnv(await readFile(join(root, '.env'), 'utf8'))
    source = new pg.Client({ connectionString: env['SHOP_DB_URL'] })
    await source.connect()
  })

  afterAll(async () => {
    await source?.end()
    server?.kill('SIGTERM')
    if (server?.exitCode === null) await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
  })

  it('builds, follows its source from day to day, and keeps what customers were', async () => {
    await run('build')
    expect(await sums('raw.raw_shop_')).toEqual(await sums('shop.'))
    const before = await warehouse('select count(*) as versions from analytics.dim_customer')
    await change(3)
    await run('ingest', '--reconcile')
    await run('build')
    expect(await sums('raw.raw_shop_')).toEqual(await sums('shop.'))
    const after = await warehouse('select count(*) as versions from analytics.dim_customer')
    expect(Number(after[0]?.['versions'])).toBeGreaterThan(Number(before[0]?.['versions']))
  })

  async function run(...command: readonly string[]): Promise<void> {
    const ran = await new WaterworksProcess([...command, '--json', '--project-dir', root]).ended
    expect(ran.exitCode, `${ran.stdout}\n${ran.stderr}`).toBe(0)
  }

  async function change(days: number): Promise<void> {
    const child = spawn(process.execPath, ['source/change.ts', '--days', String(days)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [, problem] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect(child.exitCode, problem).toBe(0)
  }

  /** How many rows the tables have, and what they come to: of the source, or of what was loaded. */
  async function sums(prefix: string): Promise<unknown> {
    const query = `select
      (select count(*) from ${prefix}orders) as orders,
      (select count(*) from ${prefix}order_items) as items,
      (select sum(quantity * unit_price) from ${prefix}order_items)::varchar as sold,
      (select sum(amount) from ${prefix}payments)::varchar as paid,
      (select sum(amount) from ${prefix}refunds)::varchar as refunded,
      (select count(*) from ${prefix}addresses where city in ('Wien', 'Nantes')) as moved`
    const rows = prefix.startsWith('raw') ? await warehouse(query) : (await source.query(query)).rows
    return Object.fromEntries(Object.entries(rows[0] as object).map(([name, value]) => [name, String(value)]))
  }

  async function warehouse(sql: string): Promise<readonly Row[]> {
    const engine = new DuckDbEngine({ path: join(root, '.waterworks/warehouse.duckdb'), readOnly: true })
    const session = await engine.connect()
    try {
      return await session.rows(sql)
    } finally {
      await session.close()
      await engine.close()
    }
  }
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
