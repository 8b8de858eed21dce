import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.ts'
import { type PostgresSource, postgresSource } from '../support/postgres-source.ts'
import { waterworks } from './support/waterworks.ts'

const TABLES = [
  `create table orders (id int primary key, name text, n smallint, price numeric(10,2), day date, real_n real,
     huge numeric(39,0), number oid, gone text, born text)`,
  `insert into orders values (1, 'a', 1, 1.5, '2026-01-01', 1, 7, 8, 'x', 'y')`,
  'create table same (id int primary key, words text, at timestamptz, code oid, doc jsonb, n int, born text)',
  `insert into same values (1, 'a', now(), 1, '{}')`,
]

describe.each(['duckdb', 'postgres'])('plan on %s, over tables of a Postgres source', (type) => {
  let source: PostgresSource
  let server: PostgresServer
  let folder: string

  const write = async (policy: string, port = source.connection.port): Promise<void> => {
    const { host, user, password, database } = source.connection
    const connection = {
      type: 'postgres',
      host,
      port,
      user,
      password,
      database,
      allow_plaintext_password: true,
    }
    const dev =
      type === 'duckdb'
        ? { type, path: 'shop.duckdb', schema: 'analytics' }
        : { ...connection, port: server.port, database: warehouse, schema: 'analytics' }
    await writeFile(
      join(folder, 'waterworks.yml'),
      JSON.stringify({ name: 'shop', targets: { dev }, connections: { shop_db: connection } }),
    )
    await writeFile(
      join(folder, 'pipelines/shop.yml'),
      `pipeline:
  name: shop
  extract: {source_system: shop, connection: shop_db, tables: [orders, same], strategy: full}
  transform:
    stages:
      - name: clean
        operations:
          - rename: {born: origin}
          - derive: {column: twice, expression: "n * 2"}
  load: {strategy: truncate-reload, schema_changes: ${policy}}
`,
    )
  }
  let warehouse = ''
  const plan = async () => {
    const ran = await waterworks(folder, ['plan', '--json'])
    expect(ran).toMatchObject({ code: 0 })
    const { tasks } = JSON.parse(ran.stdout) as { tasks: { schema_changes?: Record<string, unknown>[] }[] }
    return { changes: tasks[0]!.schema_changes, stderr: ran.stderr }
  }

  beforeAll(async () => {
    server = await sharedPostgres()
    source = await postgresSource()
    warehouse = await server.createDatabase()
    await source.run(...TABLES)
    folder = await mkdtemp(join(tmpdir(), 'waterworks-plan-drift-'))
    await mkdir(join(folder, 'pipelines'))
  }, 60_000)

  afterAll(async () => {
    await source.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('shows nothing before there is a table, and nothing while nothing changed', async () => {
    await write('evolve')
    expect((await plan()).changes ?? []).toEqual([])
    const built = await waterworks(folder, ['build'])
    expect(built).toMatchObject({ code: 0 })
    expect(await plan()).toMatchObject({ changes: [], stderr: '' })
  })

  test('shows each change, its class and what loading will do, without loading anything', async () => {
    await source.run(
      'alter table orders rename name to full_name',
      'alter table orders alter n type int, alter price type numeric(12,2), alter day type timestamp',
      'alter table orders alter real_n type text',
      'alter table orders drop gone, add extra uuid',
    )
    const { changes } = await plan()
    expect(changes).toMatchObject([
      { column: 'name', change: 'renamed', class: 'map', new_name: 'full_name', holds: 'never' },
      {
        column: 'n',
        change: 'widened',
        class: 'assess',
        from: 'smallint',
        to: 'integer',
        does: 'becomes integer',
      },
      { column: 'price', change: 'widened', from: 'decimal(10,2)', to: 'decimal(12,2)' },
      { column: 'day', change: 'widened', from: 'date', to: 'timestamp' },
      { column: 'real_n', change: 'changed', from: 'real', to: 'text' },
      { column: 'gone', change: 'removed', class: 'critical', does: 'stays, and gets NULL' },
      ...(type === 'duckdb' ? [{ column: 'twice', change: 'widened' }] : []),
      {
        column: 'extra',
        change: 'added',
        class: 'safe',
        rows: null,
        to: 'uuid',
        does: 'will be added, NULL in older rows',
      },
    ])
    expect(changes!.every((change) => change['relation'] === 'raw.raw_shop_orders')).toBe(true)
    const shown = await waterworks(folder, ['plan'])
    expect(shown.stdout).toContain('Changed at the sources:')
    expect(shown.stdout).toMatch(
      /raw\.raw_shop_orders +assess +column n is widened from smallint to integer +- +becomes integer/,
    )
    expect(shown.stdout).toContain('`- rename: {full_name: name}` in a stage')
    await write('freeze')
    const held = (await plan()).changes!.filter(({ holds }) => holds === 'always')
    expect(held.map(({ column }) => column)).toEqual(['name', 'gone', 'extra'])
  })

  test('says so when stages do not go with the columns, a table is gone or the source cannot be reached', async () => {
    await write('evolve')
    await source.run('alter table orders drop n')
    expect((await plan()).stderr).toContain('its stages do not go with the columns that orders has now')
    await source.run('alter table orders rename to old_orders')
    const gone = await plan()
    expect(gone.stderr).toContain(
      'there is no table public.orders at the source: changes of columns are not shown',
    )
    expect(gone.changes).toEqual([])
    await write('evolve', 1)
    const away = await plan()
    expect(away.stderr.match(/changes of columns are not shown/g)).toHaveLength(1)
    expect(away.stderr).not.toContain(source.connection.password)
  })
})
