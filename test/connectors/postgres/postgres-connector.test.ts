import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchRows } from '../../../src/batch/batch-rows.ts'
import type { Arrival } from '../../../src/connectors/connector.ts'
import { postgresDialect } from '../../../src/connectors/postgres/postgres-dialect.ts'
import type { PostgresTable } from '../../../src/connectors/postgres/postgres-table.ts'
import type { IncrementalRead, TableStream } from '../../../src/connectors/tables/table-stream.ts'
import { TablesConnector } from '../../../src/connectors/tables/tables-connector.ts'
import { connectorContract } from '../../contracts/connector-contract.ts'
import { type PostgresSource, postgresSource } from '../../support/postgres-source.ts'

let source: PostgresSource

beforeAll(async () => {
  source = await postgresSource()
  await source.run(
    'create table orders (id int primary key, customer text, at timestamptz not null)',
    `insert into orders select n, 'customer ' || n % 7, timestamptz '2026-01-01 00:00Z' + n / 3 * interval '1 hour'
     from generate_series(1, 1000) n`,
    'create table nothing (id int primary key, at timestamptz)',
    'analyze orders',
  )
})

afterAll(() => source.close())

const stream = (name: string, incremental?: Partial<IncrementalRead>): TableStream => ({
  stream: name,
  schema: 'public',
  name,
  columns: {},
  incremental: incremental && {
    key: 'at',
    lag: undefined,
    identified: true,
    onNullKey: 'raise',
    ...incremental,
  },
})

for (const [kind, incremental] of [
  ['full', undefined],
  ['incremental', {}],
] as const) {
  connectorContract(`Postgres, ${kind}`, async () => {
    let pulled = 0
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: [stream('orders', incremental), stream('nothing', incremental)],
      chunkRows: 300,
      onChunk: () => pulled++,
    })
    const [nothing] = await contents(connector, 'nothing', null)
    return {
      connector,
      stream: 'orders',
      emptyStream: { name: 'nothing', position: nothing!.position },
      pulled: () => pulled,
      dispose: () => connector.close(),
    }
  })
}

interface Content {
  readonly position: string
  readonly rows: readonly Record<string, unknown>[]
}

async function contents(
  connector: TablesConnector<PostgresTable>,
  name: string,
  position: string | null,
): Promise<Content[]> {
  const found: Content[] = []
  for await (const arrival of connector.read(name, position)) {
    found.push({ position: arrival.position, rows: await rowsOf(arrival) })
  }
  return found
}

async function rowsOf(arrival: Arrival): Promise<Record<string, unknown>[]> {
  if (arrival.kind !== 'rows') throw new TypeError('not rows')
  let rows: Record<string, unknown>[] = []
  await arrival.writeTo({
    restart: async () => {
      rows = []
    },
    write: async (batch) => void rows.push(...batchRows(batch)),
  })
  return rows
}

describe('what is expected', () => {
  it('is what the source has counted, or what its planner guesses behind a position', async () => {
    const dialect = postgresDialect(source.connection)
    await using full = closing(new TablesConnector(dialect, { chunkRows: 500, streams: [stream('orders')] }))
    expect(await full.expected('orders', { position: null })).toEqual({ rows: 1000 })
    await using news = closing(
      new TablesConnector(dialect, { chunkRows: 500, streams: [stream('orders', {})] }),
    )
    const [first] = await contents(news, 'orders', null)
    const { rows } = await news.expected('orders', { position: first!.position })
    expect(rows).toBeGreaterThan(400)
    expect(rows).toBeLessThan(600)
  })
})

function closing(
  connector: TablesConnector<PostgresTable>,
): TablesConnector<PostgresTable> & AsyncDisposable {
  return Object.assign(connector, { [Symbol.asyncDispose]: () => connector.close() })
}

describe('a full read', () => {
  it('sees one moment in all of its tables, whatever is written meanwhile', async () => {
    await source.run(
      'create table left_side (id int, amount int)',
      'create table right_side (id int, amount int)',
      'insert into left_side select n, 0 from generate_series(1, 2000) n',
      'insert into right_side select n, 0 from generate_series(1, 2000) n',
    )
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: [stream('left_side'), stream('right_side')],
      chunkRows: 200,
    })
    const reading = connector.read('left_side', null)
    const rows = await rowsOf((await reading.next()).value!)
    await source.run(
      'update left_side set amount = 1',
      'update right_side set amount = 1',
      'delete from left_side where id > 1900',
      'insert into right_side values (2001, 1)',
    )
    for await (const arrival of reading) rows.push(...(await rowsOf(arrival)))
    const other = (await contents(connector, 'right_side', null)).flatMap((content) => content.rows)
    for (const side of [rows, other]) {
      expect(side.map((row) => row['id']).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 2000 }, (_, n) => n + 1),
      )
      expect(side.every((row) => row['amount'] === 0)).toBe(true)
    }
    await connector.close()
  })

  it('reads partitioned tables through the parent, and views, in several schemas', async () => {
    await source.run(
      'create schema sales',
      'create table sales.events (id int, at date) partition by range (at)',
      `create table sales.events_2025 partition of sales.events for values from ('2025-01-01') to ('2026-01-01')`,
      `create table sales.events_2026 partition of sales.events for values from ('2026-01-01') to ('2027-01-01')`,
      `insert into sales.events select n, date '2025-06-01' + n % 500 from generate_series(1, 3000) n`,
      'create view sales.late_events as select id from sales.events where id > 2990',
      'create materialized view sales.counted as select at, count(*) as n from sales.events group by at',
    )
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: ['events', 'late_events', 'counted'].map((name) => ({ ...stream(name), schema: 'sales' })),
      chunkRows: 500,
    })
    const counts = []
    for (const name of ['events', 'late_events', 'counted']) {
      const read = (await contents(connector, name, null)).flatMap((content) => content.rows)
      counts.push([name, read.length, new Set(read.map((row) => JSON.stringify(row))).size])
    }
    expect(counts).toEqual([
      ['events', 3000, 3000],
      ['late_events', 10, 10],
      ['counted', 500, 500],
    ])
    await connector.close()
  })

  it.each([
    ['truncated', 'truncate target'],
    ['rewritten', 'alter table target alter column id type bigint'],
    ['dropped', 'drop table target'],
    ['replaced', 'drop table target; create table target (id int)'],
    ['altered', 'alter table target rename column id to number'],
  ])('fails when a table is %s under it, and never takes it for empty', async (_, change) => {
    await source.run('drop table if exists target', 'create table target (id int)')
    await source.run('insert into target select generate_series(1, 100)')
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: [stream('target'), stream('orders')],
      chunkRows: 1000,
    })
    await contents(connector, 'orders', null)
    await source.run(change)
    await expect(contents(connector, 'target', null)).rejects.toMatchObject({
      code: expect.stringMatching(/^WW42/),
    })
    await connector.close()
  })

  it('says which table is not there', async () => {
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: [stream('ordres')],
      chunkRows: 10,
    })
    await expect(connector.discover()).rejects.toMatchObject({ code: 'WW4203' })
    await connector.close()
  })
})

describe('an incremental read', () => {
  const connect = (name: string, incremental: Partial<IncrementalRead>, chunkRows = 100) =>
    new TablesConnector(postgresDialect(source.connection), {
      streams: [stream(name, incremental)],
      chunkRows,
    })

  it('never splits rows of one key', async () => {
    const connector = connect('orders', {})
    const seen = new Set<unknown>()
    for (const { rows } of await contents(connector, 'orders', null)) {
      const keys = new Set(rows.map((row) => row['at']))
      for (const key of keys) expect(seen.has(key)).toBe(false)
      for (const key of keys) seen.add(key)
    }
    expect(seen.size).toBe(334)
    await connector.close()
  })

  it('goes on in a new moment, below the watermark by the lag, and finds rows committed late', async () => {
    await source.run('create table late (id int primary key, n bigint)')
    await source.run('insert into late select x, x from generate_series(1, 100) x where x <> 95')
    const read = async (position: string | null, lag: number) => {
      const connector = connect('late', { key: 'n', lag: { kind: 'number', amount: lag } })
      const found = await contents(connector, 'late', position)
      await connector.close()
      return {
        ids: found.flatMap(({ rows }) => rows.map((row) => row['id'])),
        position: found.at(-1)!.position,
      }
    }
    const first = await read(null, 10)
    expect(first.ids).toHaveLength(99)
    await source.run('insert into late values (95, 95), (101, 101), (1000, 100)')
    expect((await read(first.position, 10)).ids.toSorted()).toEqual(
      [90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 1000].toSorted(),
    )
    expect((await read(first.position, 0)).ids.toSorted()).toEqual([100, 101, 1000].toSorted())
    // The greatest keys are gone: the watermark stays, and nothing is wrong.
    await source.run('delete from late where n > 50')
    const back = connect('late', { key: 'n', lag: { kind: 'number', amount: 0 } })
    expect(await contents(back, 'late', first.position)).toEqual([])
    await back.close()
  })

  it('treats rows without a key as told', async () => {
    await source.run(
      'create table partly (id int, at timestamptz)',
      `insert into partly values (1, '2026-01-01Z'), (2, null), (3, 'infinity'), (4, '2026-01-02Z')`,
    )
    const ids = async (onNullKey: IncrementalRead['onNullKey'], position: string | null = null) => {
      const connector = connect('partly', { onNullKey, lag: { kind: 'time', hours: 0 } })
      try {
        const found = await contents(connector, 'partly', position)
        return {
          ids: found.map(({ rows }) => rows.map((row) => row['id'])),
          position: found.at(-1)?.position,
        }
      } finally {
        await connector.close()
      }
    }
    await expect(ids('raise')).rejects.toMatchObject({ code: 'WW4207' })
    expect((await ids('exclude')).ids.flat()).toEqual([1, 4])
    const included = await ids('include')
    expect(included.ids).toEqual([
      [2, 3],
      [1, 4],
    ])
    expect((await ids('include', included.position!)).ids).toEqual([[2, 3], [4]])
  })

  it('refuses keys that have no order to read by', async () => {
    for (const [key, lag] of [
      ['customer', undefined],
      ['moment', undefined],
      ['at', { kind: 'number', amount: 3 }],
      ['id', { kind: 'time', hours: 1 }],
    ] as const) {
      const connector = connect('orders', { key, lag })
      await expect(contents(connector, 'orders', null)).rejects.toMatchObject({ code: 'WW4206' })
      await connector.close()
    }
  })
})
