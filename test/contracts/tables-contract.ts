import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchRows } from '../../src/batch/batch-rows.ts'
import type { Arrival } from '../../src/connectors/connector.ts'
import type { SourceTable } from '../../src/connectors/tables/source-table.ts'
import type { TableDialect } from '../../src/connectors/tables/table-dialect.ts'
import type { IncrementalRead, TableStream } from '../../src/connectors/tables/table-stream.ts'
import { TablesConnector } from '../../src/connectors/tables/tables-connector.ts'
import { connectorContract } from './connector-contract.ts'

/** A database that the suite may fill, and what its SQL calls things. */
export interface TablesFixture<Table extends SourceTable> {
  readonly dialect: TableDialect<Table>
  /** The schema of tables that are named without one. */
  readonly schema: string
  run(...statements: readonly string[]): Promise<void>
  close(): Promise<void>
  /** The type of a point in time. */
  readonly timeType: string
  /** The beginning of 2026, so many hours later. */
  later(hours: string): string
  /** What follows `from`, for rows whose `n` goes from 1 to a number. */
  numbers(upTo: number): string
  /** A value of the type of times that is no point in time. */
  readonly noTime: string
  /** Has the source count the rows of a table. */
  count(table: string): string
  /** How well it knows beforehand: the least and the most that it may expect of 1,000 rows, and of the latter 500. */
  readonly expects: { readonly all: readonly [number, number]; readonly half: readonly [number, number] }
}

/** What reading tables of any database must do; each dialect's own test file runs it over a real server. */
export function tablesContract<Table extends SourceTable>(
  name: string,
  /** Statements that change the table `target(id int)` under a reader. */
  changes: Readonly<Record<string, string>>,
  create: () => Promise<TablesFixture<Table>>,
): void {
  describe(name, () => {
    let source: TablesFixture<Table>

    beforeAll(async () => {
      source = await create()
      await source.run(
        `create table orders (id int primary key, customer varchar(20), at ${source.timeType} not null)`,
        `insert into orders select n, concat('customer ', n % 7), ${source.later('floor(n / 3)')} from ${source.numbers(1000)}`,
        `create table nothing (id int primary key, at ${source.timeType})`,
        source.count('orders'),
      )
    }, 60_000)

    afterAll(() => source.close())

    const stream = (table: string, incremental?: Partial<IncrementalRead>): TableStream => ({
      stream: table,
      schema: source.schema,
      name: table,
      columns: {},
      incremental: incremental && {
        key: 'at',
        lag: undefined,
        identified: true,
        onNullKey: 'raise',
        ...incremental,
      },
    })
    const connect = (streams: readonly TableStream[], chunkRows = 1000): TablesConnector<Table> =>
      new TablesConnector(source.dialect, { streams, chunkRows })

    for (const [kind, incremental] of [
      ['full', undefined],
      ['incremental', {}],
    ] as const) {
      connectorContract(`a ${kind} read`, async () => {
        let pulled = 0
        const connector = new TablesConnector(source.dialect, {
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

    describe('what is expected', () => {
      it('is about what the source has', async () => {
        const full = connect([stream('orders')])
        const { rows: all } = await full.expected('orders', { position: null })
        expect(all).toBeGreaterThanOrEqual(source.expects.all[0])
        expect(all).toBeLessThanOrEqual(source.expects.all[1])
        await full.close()
        const news = connect([stream('orders', {})], 500)
        const [first] = await contents(news, 'orders', null)
        const { rows } = await news.expected('orders', { position: first!.position })
        expect(rows).toBeGreaterThanOrEqual(source.expects.half[0])
        expect(rows).toBeLessThanOrEqual(source.expects.half[1])
        await news.close()
      })
    })

    describe('a full read of several tables', () => {
      it('sees one moment in all of them, whatever is written meanwhile', async () => {
        for (const side of ['left_side', 'right_side']) {
          await source.run(
            `create table ${side} (id int primary key, amount int)`,
            `insert into ${side} select n, 0 from ${source.numbers(2000)}`,
          )
        }
        const connector = connect([stream('left_side'), stream('right_side')], 200)
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

      it.each(Object.entries(changes))(
        'fails when a table is %s under it, and never takes it for empty',
        async (_, change) => {
          await source.run('drop table if exists target', 'create table target (id int)')
          await source.run(`insert into target select n from ${source.numbers(100)}`)
          const connector = connect([stream('target'), stream('orders')])
          await contents(connector, 'orders', null)
          for (const statement of change.split('; ')) await source.run(statement)
          await expect(contents(connector, 'target', null)).rejects.toMatchObject({
            code: expect.stringMatching(/^WW42/),
          })
          await connector.close()
        },
      )

      it('says which table is not there', async () => {
        const connector = connect([stream('ordres')], 10)
        await expect(connector.discover()).rejects.toMatchObject({ code: 'WW4203' })
        await connector.close()
      })
    })

    it('reads keys alone, and refuses those that are not there', async () => {
      const connector = connect([stream('orders')])
      let rows = 0
      for await (const batch of connector.keys('orders', ['id'])) {
        expect(batch.columns.map((column) => column.name)).toEqual(['id'])
        rows += batch.rows
      }
      expect(rows).toBe(1000)
      const none = connector.keys('orders', ['id', 'number'])
      await expect(none.next()).rejects.toMatchObject({ code: 'WW4209' })
      await connector.close()
    })

    it('finds tables, their keys, and what refers to what', async () => {
      await source.run(
        'create table parents (a int not null, b int not null, primary key (a, b))',
        'create table children (id int primary key, order_id int, foreign key (order_id) references orders (id))',
        'create view shown as select id from orders',
      )
      const client = await source.dialect.connect()
      const { schema } = source
      const found = await source.dialect.listTables(client)
      for (const table of ['children', 'orders', 'parents', 'shown']) {
        expect(found).toContainEqual({ schema, name: table })
      }
      const parents = await source.dialect.readTable(client, { schema, name: 'parents' })
      expect(parents).toMatchObject({ key: ['a', 'b'], isStored: true })
      const shown = await source.dialect.readTable(client, { schema, name: 'shown' })
      expect(shown).toMatchObject({ key: [], isStored: false })
      expect(await source.dialect.foreignKeys(client)).toEqual([
        { from: `${schema}.children`, own: 'order_id', to: `${schema}.orders`, field: 'id' },
      ])
      expect((await source.dialect.facts(client)).freeConnections).toBeGreaterThan(0)
      await client.close()
    })

    describe('an incremental read', () => {
      it('never splits rows of one key', async () => {
        const connector = connect([stream('orders', {})], 100)
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
        await source.run(`insert into late select n, n from ${source.numbers(100)} where n <> 95`)
        const read = async (position: string | null, lag: number) => {
          const connector = connect([stream('late', { key: 'n', lag: { kind: 'number', amount: lag } })], 100)
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
        expect((await read(first.position, 1e9)).ids).toHaveLength(102)
        // The greatest keys are gone: the watermark stays, and nothing is wrong.
        await source.run('delete from late where n > 50')
        const back = connect([stream('late', { key: 'n', lag: { kind: 'number', amount: 0 } })], 100)
        expect(await contents(back, 'late', first.position)).toEqual([])
        await back.close()
      })

      it('looks back in time as far as it is told', async () => {
        await source.run(
          `create table clocked (id int primary key, at ${source.timeType} not null)`,
          `insert into clocked select n, ${source.later('n')} from ${source.numbers(48)}`,
        )
        const read = async (position: string | null, hours: number) => {
          const connector = connect([stream('clocked', { lag: { kind: 'time', hours } })], 100)
          const found = await contents(connector, 'clocked', position)
          await connector.close()
          return found
        }
        const { position } = (await read(null, 1)).at(-1)!
        expect((await read(position, 3)).flatMap(({ rows }) => rows.map((row) => row['id']))).toEqual([
          45, 46, 47, 48,
        ])
        expect((await read(position, 24 * 366 * 4000)).flatMap(({ rows }) => rows)).toHaveLength(48)
      })

      it('treats rows without a key as told', async () => {
        await source.run(
          `create table partly (id int, at ${source.timeType} null)`,
          `insert into partly values (1, ${source.later('0')}), (2, null), (3, ${source.noTime}), (4, ${source.later('24')})`,
        )
        const ids = async (onNullKey: IncrementalRead['onNullKey'], position: string | null = null) => {
          const connector = connect([stream('partly', { onNullKey, lag: { kind: 'time', hours: 0 } })], 100)
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
          const connector = connect([stream('orders', { key, lag })])
          await expect(contents(connector, 'orders', null)).rejects.toMatchObject({ code: 'WW4206' })
          await connector.close()
        }
      })
    })
  })
}

export interface Content {
  readonly position: string
  readonly rows: readonly Record<string, unknown>[]
}

/** The arrivals of a stream behind a position. */
export async function contents<Table extends SourceTable>(
  connector: TablesConnector<Table>,
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
