import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type TestEngine, testEngines } from '../../support/engines.ts'
import { type PostgresSource, postgresSource } from '../../support/postgres-source.ts'
import type { RunProject } from '../../support/run-project.ts'
import { tableProject, tablesPipeline } from '../../support/table-project.ts'

describe.each(Object.keys(testEngines))('keys reconciled with a Postgres source in %s', (engine) => {
  let warehouse: TestEngine
  let source: PostgresSource
  let project: RunProject | undefined

  beforeAll(async () => {
    warehouse = await testEngines[engine]!()
    source = await postgresSource()
    await source.run('create table items (a int, b text, n int not null, primary key (a, b))')
  })

  afterEach(async () => {
    await project?.close()
    await source.run('truncate items')
  })

  afterAll(async () => {
    await source.close()
    await warehouse.close()
  })

  const open = async (action: string): Promise<RunProject> => {
    await source.run(`insert into items select x, 'b' || x, x from generate_series(1, 10) x`)
    project = await tableProject(
      warehouse.engine,
      source.connection,
      tablesPipeline(
        `tables: [items], strategy: incremental, incremental_key: n, lag: 0, reconcile: {schedule: "0 0 1 1 *", action: ${action}}`,
        'strategy: merge',
      ),
    )
    await project.build()
    await source.run('delete from items where a in (3, 4)', `insert into items values (11, 'b11', 11)`)
    return project
  }
  const forced = { change: () => ({ reconcile: true }) }

  it('lose the rows that the source has no more, when it is due or asked for', async () => {
    const made = await open('delete')
    expect((await made.build()).node('shop').ledger).toMatchObject({ inserted: 1, deleted: 0 })
    const ran = await made.build(forced)
    expect(ran.node('shop').ledger).toMatchObject({ deleted: 2, physical_deletes: 2 })
    expect(ran.events.filter((event) => event.type === 'rows-reconciled')).toMatchObject([
      { stream: 'items', action: 'delete', compared: 9, missing: 2 },
    ])
    expect(await made.rows('select count(*) as n, sum(a) as total from raw.raw_shop_items')).toMatchObject([
      { n: 9 },
    ])
    expect((await made.build(forced)).node('shop').ledger).toMatchObject({ deleted: 0 })
  })

  it('mark them, and unmark those that come back', async () => {
    const made = await open('soft-delete')
    expect((await made.build(forced)).node('shop').ledger).toMatchObject({
      inserted: 1,
      deleted: 2,
      physical_deletes: 0,
    })
    const gone = 'select a from raw.raw_shop_items where _deleted_at is not null order by a'
    expect(await made.rows(gone)).toEqual([{ a: 3 }, { a: 4 }])
    await source.run(`insert into items values (3, 'b3', 12)`)
    const back = await made.build(forced)
    expect(back.node('shop').status).toBe('success')
    expect(await made.rows(gone)).toEqual([{ a: 4 }])
  })

  it('only tell of them', async () => {
    const made = await open('report')
    const ran = await made.build(forced)
    expect(ran.node('shop').message).toContain('items: 2 rows are no more at the source')
    expect(await made.rows('select count(*) as n from raw.raw_shop_items')).toEqual([{ n: 11 }])
  })
})
