import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresSource, postgresSource } from '../support/postgres-source.ts'
import { expectSameRows } from '../support/same-rows.ts'
import { ScratchProject } from '../support/scratch-project.ts'
import { tablesPipeline } from '../support/table-project.ts'

const COLUMNS = ['id', 'n', 'words']
const POINTS = [
  'between-chunks:kill@1',
  'after-landing-rename:kill@2',
  'between-chunks:kill@4',
  'before-commit:kill@1',
  'after-commit:kill@1',
  'during-checkpoint:kill@1',
]

/** Milliseconds between the writer's changes. */
const PAUSE = 3

const READS = {
  full: ['tables: [orders], chunk_rows: 400', 'strategy: truncate-reload'],
  merged: [
    'tables: [orders], strategy: incremental, incremental_key: n, chunk_rows: 400, lag: 50',
    'strategy: merge',
  ],
  appended: [
    'tables: [orders], strategy: incremental, incremental_key: n, chunk_rows: 400, lag: 50',
    'strategy: append, merge_keys: [id]',
  ],
} as const satisfies Record<string, readonly [string, string]>

/**
 * Kills reads at the platform's fail points while a writer is at the table: each kind of read at each point, `rounds`
 * times; where that is 0 each point once, at one kind or another.
 */
export function killedReads(rounds: number): void {
  describe('reads of a table that is being written', () => {
    let source: PostgresSource

    beforeAll(async () => {
      source = await postgresSource()
    })

    afterAll(() => source.close())

    it.each(Object.keys(READS) as (keyof typeof READS)[])(
      'and are %s lose nothing and double nothing, wherever they are killed',
      async (kind) => {
        const place = Object.keys(READS).indexOf(kind)
        const some = POINTS.filter((_, index) => index % 3 === place)
        // Each round begins anew: what is killed is the same, and reads do not grow with the rounds before.
        for (let round = 0; round < Math.max(rounds, 1); round++) {
          await killReads(source, kind, rounds === 0 ? some : POINTS)
        }
      },
    )
  })
}

async function killReads(
  source: PostgresSource,
  kind: keyof typeof READS,
  points: readonly string[],
): Promise<void> {
  await using project = await ScratchProject.create('duckdb', 1, () => projectFiles(source, kind))
  await source.run(
    'drop table if exists orders',
    'create table orders (id int primary key, n bigint not null, words text)',
    'drop sequence if exists changes',
    'create sequence changes',
  )
  for (const point of points) {
    await addRows(source)
    const stop = startWriter(source, kind)
    const ended = await project.run(['build'], point)
    await stop()
    expect([point, ended.signal ?? ended.exitCode]).toEqual([point, 'SIGKILL'])
  }
  const stop = startWriter(source, kind)
  await project.build()
  await stop()
  if (kind !== 'appended') await source.run('alter table orders add column more int default 1')
  const last = await project.build()
  expect(last.status).toBe('success')
  await project.withWarehouse(async (warehouse) => {
    await expectSameRows(source, { rows: (sql) => warehouse.rows(sql) }, 'orders', COLUMNS)
  })
}

/** So many that every read has the chunks that its fail point counts, however slow the writer is. */
async function addRows(source: PostgresSource): Promise<void> {
  await source.run(
    `insert into orders select last + x, nextval('changes'), 'row ' || x
     from (select coalesce(max(id), 0) as last from orders) as old, generate_series(1, 2400) as x`,
    'analyze orders',
  )
}

/** Rows come, and where the load takes changes they change; keys are taken before their transaction commits. */
function startWriter(source: PostgresSource, kind: keyof typeof READS): () => Promise<void> {
  let stopped = false
  const work = (async () => {
    while (!stopped) {
      // Else the loads would grow with the speed of the writer, and with what each kind lets it do.
      await sleep(PAUSE)
      await source.run(
        `insert into orders select coalesce(max(id), 0) + 1, nextval('changes'), 'new' from orders`,
      )
      if (kind === 'appended') continue
      await source.run(
        `update orders set words = words || '.', n = nextval('changes') where id = (select id from orders order by random() limit 1)`,
      )
      if (kind === 'full') await source.run('delete from orders where id = (select min(id) from orders)')
    }
  })()
  return async () => {
    stopped = true
    await work
  }
}

function projectFiles(source: PostgresSource, kind: keyof typeof READS): Readonly<Record<string, string>> {
  const { host, port, user, password, database } = source.connection
  const place = `type: postgres, host: ${host}, port: ${port}, user: ${user}, password: ${password}, database: ${database}`
  return {
    'waterworks.yml': `name: shop\nconnections: {shop_db: {${place}, allow_plaintext_password: true}}\n`,
    'pipelines/shop.yml': tablesPipeline(READS[kind][0], READS[kind][1]),
  }
}
