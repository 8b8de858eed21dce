import { afterEach, describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../../support/engines.ts'
import { suiteSource } from '../../support/postgres-source.ts'
import type { RunProject } from '../../support/run-project.ts'
import { tableProject, tablesPipeline } from '../../support/table-project.ts'

describe.each(Object.keys(testEngines))('tables of a Postgres source into %s', (name) => {
  const warehouse = suiteEngine(name)
  const source = suiteSource(
    'create table orders (id int primary key, customer text, amount numeric(10,2), at timestamptz not null)',
    'create table customers (id int primary key, name text)',
    'create table nothing (id int primary key, words text)',
    'create schema sales',
    'create table sales.items (order_id int, line int, words text, primary key (order_id, line))',
  )

  afterEach(async () => {
    await source.run('truncate orders, customers, sales.items')
  })

  const open = (pipeline: string): Promise<RunProject> =>
    tableProject(warehouse.engine, source.connection, pipeline)
  const orders = (from: number, to: number, at: string): string =>
    `insert into orders select n, 'customer ' || n, n / 4.0, timestamptz '${at}' + n * interval '1 second'
     from generate_series(${from}, ${to}) n`

  it('reads tables whole, also an empty one, and reads them again when they change', async () => {
    await source.run(orders(1, 500, '2026-01-01Z'), `insert into customers values (1, 'Ada')`)
    const { build, rows } = await opened(
      'tables: [orders, customers, nothing], chunk_rows: 100',
      'strategy: truncate-reload',
    )
    const first = (await build()).node('shop')
    expect(first.status).toBe('success')
    expect(first.ledger).toMatchObject({ extracted: 501, inserted: 501 })
    expect(await rows('select count(*) as n, sum(amount) as total from raw.raw_shop_orders')).toEqual([
      { n: 500, total: '31312.50' },
    ])
    expect(await rows('select count(*) as n from raw.raw_shop_nothing')).toEqual([{ n: 0 }])
    await source.run('delete from orders where id > 3', `update orders set customer = 'other' where id = 1`)
    expect((await build()).node('shop').status).toBe('success')
    expect(await rows('select id, customer from raw.raw_shop_orders order by id')).toEqual([
      { id: 1, customer: 'other' },
      { id: 2, customer: 'customer 2' },
      { id: 3, customer: 'customer 3' },
    ])
    await source.run('delete from orders')
    await build()
    expect(await rows('select count(*) as n from raw.raw_shop_orders')).toEqual([{ n: 0 }])
  })

  it('merges what is new above the watermark, by the primary key of each table', async () => {
    await source.run(orders(1, 300, '2026-01-01Z'))
    const { build, rows } = await opened(
      'tables: [orders], strategy: incremental, incremental_key: at, chunk_rows: 50, lag: 1 minute',
      'strategy: merge',
    )
    expect((await build()).node('shop').ledger).toMatchObject({ extracted: 300, inserted: 300 })
    await source.run(
      orders(301, 310, '2026-01-01Z'),
      `update orders set customer = 'other', at = timestamptz '2026-01-01Z' + interval '400 second' where id = 5`,
      // Committed late: its key lies below the watermark.
      `insert into orders values (1000, 'late', 1, timestamptz '2026-01-01Z' + interval '250 second')`,
    )
    const second = (await build()).node('shop')
    expect(second.ledger).toMatchObject({ inserted: 11, updated: 1, unchanged: 61 })
    expect(await rows('select count(*) as n, count(distinct id) as ids from raw.raw_shop_orders')).toEqual([
      { n: 311, ids: 311 },
    ])
    expect(await rows(`select customer from raw.raw_shop_orders where id in (5, 1000) order by id`)).toEqual([
      { customer: 'other' },
      { customer: 'late' },
    ])
    const third = (await build()).node('shop')
    expect(third.ledger).toMatchObject({ inserted: 0, updated: 0 })
  })

  it('adds events once each, also those that share the key of the watermark', async () => {
    await source.run('create table if not exists events (at timestamptz, what text)', 'truncate events')
    await source.run(
      `insert into events values ('2026-01-01Z', 'a'), ('2026-01-02Z', 'b'), ('2026-01-02Z', 'b')`,
    )
    const { build, rows } = await opened(
      'tables: [events], strategy: incremental, incremental_key: at',
      'strategy: append',
    )
    await build()
    await source.run(
      `insert into events values ('2026-01-02Z', 'b'), ('2026-01-02Z', 'c'), ('2026-01-03Z', 'd')`,
    )
    expect((await build()).node('shop').ledger).toMatchObject({ extracted: 5, inserted: 3, deduplicated: 2 })
    await build()
    expect(await rows('select what, count(*) as n from raw.raw_shop_events group by 1 order by 1')).toEqual([
      { what: 'a', n: 1 },
      { what: 'b', n: 3 },
      { what: 'c', n: 1 },
      { what: 'd', n: 1 },
    ])
  })

  it('adds identified rows once, though a lag has them read again', async () => {
    await source.run(orders(1, 100, '2026-01-01Z'))
    const { build, rows } = await opened(
      'tables: [orders], strategy: incremental, incremental_key: at, lag: 1 hour',
      'strategy: append, merge_keys: [id]',
    )
    await build()
    await source.run(`insert into orders values (0, 'late', 1, '2026-01-01T00:00:30Z')`)
    expect((await build()).node('shop').ledger).toMatchObject({ inserted: 1, deduplicated: 100 })
    expect(await rows('select count(*) as n from raw.raw_shop_orders')).toEqual([{ n: 101 }])
  })

  it('reads tables of other schemas under names of their own', async () => {
    await source.run(`insert into sales.items values (1, 1, 'a'), (1, 2, 'b')`)
    const { build, rows } = await opened(
      'tables: [{table: sales.items, as: lines}], strategy: full',
      'strategy: merge',
    )
    await build()
    expect(await rows('select words from raw.raw_shop_lines order by line')).toEqual([
      { words: 'a' },
      { words: 'b' },
    ])
    expect((await build()).node('shop').ledger).toMatchObject({ extracted: 2, unchanged: 2 })
  })

  async function opened(extract: string, load: string) {
    const made = await open(tablesPipeline(extract, load))
    return { build: () => made.build(), rows: (sql: string) => made.rows(sql) }
  }
})
