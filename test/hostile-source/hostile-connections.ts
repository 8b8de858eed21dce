import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestEngine, testEngines } from '../support/engines.ts'
import { hostileProxy, type Mischief } from '../support/hostile-proxy.ts'
import { type PostgresSource, postgresSource } from '../support/postgres-source.ts'
import { expectSameRows } from '../support/same-rows.ts'
import { Random } from '../support/scratch/random.ts'
import { tableProject, tablesPipeline } from '../support/table-project.ts'

const RETRY = 'error_handling: {strategy: dead-letter, max_retries: 5, retry_delay_seconds: 0}'
const COLUMNS = ['id', 'n', 'words']

/** Reads through a proxy that does mischief, `rounds` times each. */
export function hostileConnections(rounds: number): void {
  const seed = Number(process.env['WATERWORKS_SEED'] ?? Date.now() % 1_000_000_000)
  describe(`a hostile way to the source (WATERWORKS_SEED=${seed})`, () => {
    const random = new Random(seed)
    let warehouse: TestEngine
    let source: PostgresSource

    beforeAll(async () => {
      warehouse = await testEngines['duckdb']!()
      source = await postgresSource()
      await source.run(
        'create table orders (id int primary key, n bigint not null, words text)',
        `insert into orders select x, x / 3, repeat('word ' || x || ' ', 1 + x % 20) from generate_series(1, 30000) x`,
        'create table other (id int primary key, n bigint not null, words text)',
        `insert into other select x, x, 'other ' || x from generate_series(1, 20000) x`,
        'analyze',
      )
    })

    afterAll(async () => {
      await source.close()
      await warehouse.close()
    })

    const READS = {
      full: ['tables: [orders, other], chunk_rows: 3000', 'strategy: truncate-reload'],
      incremental: [
        'tables: [orders, other], strategy: incremental, incremental_key: n, chunk_rows: 3000',
        'strategy: merge',
      ],
      appended: [
        'tables: [orders, other], strategy: incremental, incremental_key: n, chunk_rows: 3000',
        'strategy: append',
      ],
    } as const satisfies Record<string, readonly [string, string]>

    it.each(Object.keys(READS) as (keyof typeof READS)[])(
      'that cuts and slows connections at any byte does no harm to a read that is %s',
      async (kind) => {
        for (let round = 0; round < rounds; round++) {
          let left = random.between(1, 6)
          const proxy = await hostileProxy(source.connection, 8192, (): Mischief | undefined => {
            if (left-- <= 0) return undefined
            return {
              afterBytes: 8192 + random.between(0, 600_000),
              act: random.chance(0.25) ? 'slow' : 'cut',
            }
          })
          const through = { ...source.connection, port: proxy.port }
          const project = await tableProject(
            warehouse.engine,
            through,
            tablesPipeline(READS[kind][0], READS[kind][1], RETRY),
          )
          const shop = (await project.build()).node('shop')
          expect([shop.status, shop.message]).toEqual(['success', ''])
          await expectSameRows(source, project, 'orders', COLUMNS)
          await expectSameRows(source, project, 'other', COLUMNS)
          expect(shop.ledger).toMatchObject({ extracted: 50_000, inserted: 50_000 })
          await project.close()
          await proxy.close()
        }
      },
    )

    it('that loses the moment has everything read anew, at one moment', async () => {
      for (const kind of ['full', 'incremental'] as const) {
        const proxy = await hostileProxy(source.connection, 400_000, () => {
          if (cuts-- > 0) proxy.cutAll()
          return undefined
        })
        let cuts = 1
        const through = { ...source.connection, port: proxy.port }
        const project = await tableProject(
          warehouse.engine,
          through,
          tablesPipeline(READS[kind][0], READS[kind][1], RETRY),
        )
        const ran = await project.build()
        expect(ran.node('shop').status).toBe('success')
        expect(ran.events.filter((event) => event.type === 'task-started').length).toBeGreaterThan(1)
        await expectSameRows(source, project, 'orders', COLUMNS)
        await expectSameRows(source, project, 'other', COLUMNS)
        await project.close()
        await proxy.close()
      }
    })

    it('that stalls is given up once the source itself would have stopped', async () => {
      let stalls = 1
      const proxy = await hostileProxy(source.connection, 8192, () =>
        stalls-- > 0 ? { afterBytes: 200_000, act: 'stall' } : undefined,
      )
      const through = { ...source.connection, port: proxy.port }
      const project = await tableProject(
        warehouse.engine,
        through,
        tablesPipeline(READS.full[0], READS.full[1], RETRY),
        'statement_timeout: 1 second',
      )
      expect((await project.build()).node('shop').status).toBe('success')
      expect(proxy.done).toBe(1)
      await expectSameRows(source, project, 'orders', COLUMNS)
      await project.close()
      await proxy.close()
    })
  })
}
