import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresSource, postgresSource } from '../support/postgres-source.ts'
import { waterworks } from './support/waterworks.ts'

const PASSWORD = `p#ss "w'ord" $HOME \\ %41`
let source: PostgresSource
let folder: string
let url: string

beforeAll(async () => {
  source = await postgresSource()
  await source.run(
    `create role shop_reader login password '${PASSWORD.replaceAll("'", "''")}'`,
    'create schema sales',
    'create table customers (id int primary key, "Full Name" text not null, country text)',
    `insert into customers values (1, 'Ada', 'GB'), (2, 'Bo', null)`,
    `create table sales.orders (order_id bigint primary key, customer_id int not null references customers,
       amount numeric(12,2), tags text[], placed_at timestamptz not null)`,
    `insert into sales.orders values (10, 1, 5.50, '{a,b}', '2026-01-01Z'), (11, 2, null, null, 'infinity')`,
    'create table sales.customers (day date, customer_id int, primary key (day, customer_id))',
    'create table sales.payments (payment_id int, method text, amount numeric(10,2), paid_at timestamp)',
    `insert into sales.payments select n, case n % 3 when 0 then 'card' when 1 then 'cash' else 'transfer' end, n / 4.0,
       timestamp '2026-01-01' + n * interval '1 minute' from generate_series(1, 400) n`,
    'create table empty ()',
    'create table "Odd Name" (id int)',
    'create view sales.recent as select * from sales.orders',
    'grant usage on schema sales to shop_reader',
    'grant select on all tables in schema public, sales to shop_reader',
  )
  const { host, port, database } = source.connection
  url = `postgres://shop_reader:${encodeURIComponent(PASSWORD)}@${host}:${port}/${database}`
  folder = await mkdtemp(join(tmpdir(), 'waterworks-init-postgres-'))
}, 60_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await source.run('drop owned by shop_reader', 'drop role shop_reader').catch(() => undefined)
  await source.close()
})

describe('a project made from a database', () => {
  test('builds at once, with keys and references from the catalogue', async () => {
    const made = await waterworks(folder, ['init', 'shop', '--postgres', url, '--json'])
    expect(made).toMatchObject({ code: 0 })
    expect(made.stderr).toContain('public.Odd Name is left out')
    expect(JSON.parse(made.stdout).tables).toMatchObject([
      { table: 'customers', key: ['id'] },
      { table: 'customers_2', key: ['day', 'customer_id'] },
      { table: 'orders', key: ['order_id'] },
      { table: 'payments', key: ['payment_id'], rows: 400 },
    ])
    const project = join(folder, 'shop')
    const schema = await readFile(join(project, 'models/staging/schema.yml'), 'utf8')
    expect(schema).toContain("relationships: {to: ref('stg_shop__customers'), field: id")
    expect(schema).toContain('accepted_values: {values: [card, cash, transfer], config: {severity: warn}}')
    expect(schema).toContain('accepted_range: {min: 0, config: {severity: warn}}')
    const built = await waterworks(project, ['build', '--json'])
    expect(JSON.parse(built.stdout)).toMatchObject({ status: 'success' })
    const shown = await waterworks(project, ['show', 'stg_shop__customers', '--format', 'csv'])
    expect(shown.stdout).toBe('id,full_name,country\r\n1,Ada,GB\r\n2,Bo,\r\n')
  })

  test('keeps the password in .env alone, for the user only, and prints it nowhere', async () => {
    const made = await waterworks(folder, ['init', 'again', '--postgres', url])
    expect(made.code).toBe(0)
    const project = join(folder, 'again')
    for (const path of await readdir(project, { recursive: true })) {
      const text = await readFile(join(project, path), 'utf8').catch(() => '')
      if (path === '.env') continue
      for (const spelt of [PASSWORD, encodeURIComponent(PASSWORD)]) expect(text).not.toContain(spelt)
    }
    expect((await stat(join(project, '.env'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(project, '.gitignore'), 'utf8')).toMatch(/^\.env$/m)
    expect(await readFile(join(project, 'waterworks.yml'), 'utf8')).toContain(
      `password: \${AGAIN_DB_PASSWORD}`,
    )
    expect((await waterworks(project, ['debug'])).code).toBe(0)
  })

  test.each([
    ['mysql://a:hunter2@b/c', 'WW7001'],
    ['postgres://a:hunter2@127.0.0.1:1/shop', 'WW4201'],
    ['postgres://a:hunter2@127.0.0.1', 'WW7001'],
  ])('is not made from %s, and the password is not repeated', async (text, code) => {
    const made = await waterworks(folder, ['init', 'none', '--postgres', text, '--debug'])
    expect(made).toMatchObject({ code: 2, stderr: expect.stringContaining(code) })
    expect(made.stdout + made.stderr).not.toContain('hunter2')
    expect(await readdir(folder)).not.toContain('none')
  })
})
