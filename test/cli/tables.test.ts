import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresSource, postgresSource } from '../support/postgres-source.ts'
import { type Ran, waterworks } from './support/waterworks.ts'

const PASSWORD = 'not a secret'
let source: PostgresSource
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  source = await postgresSource()
  const { host, port, user, database } = source.connection
  env = { SHOP_URL: `postgres://${user}:${encodeURIComponent(PASSWORD)}@${host}:${port}/${database}` }
  await source.run(
    'create schema sales',
    'create table orders (id int primary key, at timestamptz)',
    `insert into orders values (1, '2026-01-01Z')`,
    'create table sales.order_items (id int primary key)',
    'create table sales.order_notes (id int primary key)',
    'create table sales.order_log_old (id int primary key)',
  )
  folder = await mkdtemp(join(tmpdir(), 'ww-cli-tables-'))
  await mkdir(join(folder, 'pipelines'))
  await mkdir(join(folder, 'models'))
  await write('waterworks.yml', `name: shop\nconnections: {shop_db: {type: postgres, url: "\${SHOP_URL}"}}\n`)
  await write(
    'pipelines/shop.yml',
    `pipeline:
  name: shop
  extract:
    source_system: shop
    connection: shop_db
    tables: [orders, sales.order_*]
    exclude: [sales.*_old]
  load: {strategy: truncate-reload}
`,
  )
  await write('models/items.sql', `select count(*) as n from {{ source('shop', 'order_items') }}`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await source.close()
})

const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text)
const run = async (args: readonly string[], over: Record<string, string> = env): Promise<Ran> => {
  const ran = await waterworks(folder, args, { env: over })
  expect(ran.stdout + ran.stderr).not.toContain(PASSWORD)
  expect(ran.stdout + ran.stderr).not.toContain(encodeURIComponent(PASSWORD))
  return ran
}

describe('a project over tables named by patterns', () => {
  test('says that nothing has looked at the source yet', async () => {
    const ran = await run(['ls'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('WW4208')
    expect(ran.stderr).toContain('waterworks plan')
  })

  test('is planned by a look at the source, listed by what was found, and built', async () => {
    const planned = await run(['plan'])
    expect(planned.stderr).toBe('')
    for (const name of ['raw_shop_orders', 'raw_shop_order_items', 'raw_shop_order_notes'])
      expect(planned.stdout).toContain(name)
    expect(planned.stdout).not.toContain('order_log_old')
    const listed = await run(['ls', '--resource-type', 'source', '--output', 'name'], {})
    expect(listed.stdout.trim().split('\n').toSorted()).toEqual([
      'shop.order_items',
      'shop.order_notes',
      'shop.orders',
    ])
    expect((await run(['build'])).code).toBe(0)
    const shown = await run(['sql', 'select count(*) as n from raw.raw_shop_orders', '--format', 'csv'])
    expect(shown.stdout).toBe('n\r\n1\r\n')
    await source.run('create table sales.order_taxes (id int primary key)')
    expect((await run(['plan', '--json'])).stdout).toContain('raw_shop_order_taxes')
  })

  test('says what is wrong with a connection, and keeps its password', async () => {
    const good = await run(['debug'])
    expect(good.stdout).toMatch(/connection shop_db +ok +Postgres .*, 5 tables to read/)
    const unset = await run(['debug'], {})
    expect(unset.code).toBe(1)
    expect(unset.stdout).toContain('SHOP_URL is not set')
    const wrong = await run(['debug'], { SHOP_URL: env['SHOP_URL']!.replace(/:\d+\//, ':1/') })
    expect(wrong.stdout).toMatch(/connection shop_db +failed +.*WW4201/)
    const failed = await run(['ingest'], { SHOP_URL: env['SHOP_URL']!.replace(/:\d+\//, ':1/') })
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('WW4201')
    const log = await readFile(join(folder, '.waterworks/logs/pipeline-runs.ndjson'), 'utf8')
    expect(log).not.toContain(PASSWORD)
  })

  test('refuses two tables of one name', async () => {
    await source.run('create table order_items (id int)')
    await write(
      'pipelines/shop.yml',
      `pipeline:
  name: shop
  extract: {source_system: shop, connection: shop_db, tables: ["*.order_items"]}
  load: {strategy: truncate-reload}
`,
    )
    const ran = await run(['plan'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('WW1022')
    expect(ran.stderr).toContain('sales.order_items')
  })
})
