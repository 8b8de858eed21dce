import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/connectors/connector.ts'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { suiteEngine, testEngines } from '../../support/engines.ts'
import { suiteSource } from '../../support/postgres-source.ts'
import { evidenceOf, type RunProject } from '../../support/run-project.ts'
import { tableProject, tablesPipeline } from '../../support/table-project.ts'

describe.each(Object.keys(testEngines))('keys reconciled with a Postgres source in %s', (engine) => {
  const warehouse = suiteEngine(engine)
  const source = suiteSource(
    'create table items (a int, b text, n int not null, since timestamp not null default clock_timestamp(), primary key (a, b))',
  )

  afterEach(async () => {
    await source.run('truncate items')
  })

  const open = async (
    action: string,
    load = 'strategy: merge',
    ...more: readonly string[]
  ): Promise<RunProject> => {
    await source.run(`insert into items select x, 'b' || x, x from generate_series(1, 10) x`)
    const project = await tableProject(
      warehouse.engine,
      source.connection,
      tablesPipeline(
        `tables: [items], strategy: incremental, incremental_key: n, lag: 0, reconcile: {schedule: "0 0 1 1 *", action: ${action}}`,
        load,
        ...more,
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

  it.each(['trim: [b]', 'keyed_hash: [b]', 'derive: {column: b, expression: "b || a"}', 'rename: {b: c}'])(
    'are not compared where a stage rewrites them: %s',
    async (operation) => {
      const made = await open('delete')
      const path = join(made.root, 'pipelines/shop.yml')
      await appendFile(path, `  transform: {stages: [{name: clean, operations: [{${operation}}]}]}\n`)
      const ran = await made.build(forced)
      expect(ran.node('shop').message).toMatch(/^WW4210 /)
      expect(await made.rows('select count(*) as n from raw.raw_shop_items')).toEqual([{ n: 10 }])
    },
  )

  it('only tell of them', async () => {
    const made = await open('report')
    const ran = await made.build(forced)
    expect(ran.node('shop').message).toContain('items: 2 rows are no more at the source')
    expect(await made.rows('select count(*) as n from raw.raw_shop_items')).toEqual([{ n: 11 }])
  })

  it('end the current versions where versions are kept, and history stays', async () => {
    const made = await open('delete', 'strategy: scd2, history: {effective_at: since}')
    const versions = (a: number) =>
      made.rows(
        `select is_current, cast(valid_from as varchar) as since, cast(valid_to as varchar) as until from raw.raw_shop_items where a = ${a} order by valid_from`,
      )
    const ran = await made.build(forced)
    expect(ran.node('shop').message).toBe('')
    expect(ran.node('shop').ledger).toMatchObject({
      inserted: 1,
      deleted: 2,
      physical_deletes: 0,
      rows_after: 11,
    })
    const [ended, ...others] = await versions(3)
    expect(others).toEqual([])
    expect(ended).toMatchObject({ is_current: false })
    expect(ended?.['until']).not.toMatch(/^9999/)
    expect(await versions(5)).toMatchObject([{ is_current: true, until: expect.stringMatching(/^9999/) }])
    expect((await made.build(forced)).node('shop').ledger).toMatchObject({ deleted: 0 })
    await source.run(`insert into items values (3, 'b3', 12)`)
    await made.build(forced)
    expect(await versions(3)).toMatchObject([ended, { is_current: true }])
  })

  const gate = 'quality_gates: {post_load: [{row_count: {name: enough, min: 10}}]}'
  const count = 'select count(*) as n from raw.raw_shop_items'

  it('stay as they were where a gate of the pipeline stops the deletion', async () => {
    const made = await open('delete', 'strategy: merge', gate)
    const ran = await made.build(forced)
    expect(ran.node('shop')).toMatchObject({
      status: 'failed',
      message: 'items: its reconciliation was undone: check enough failed',
      ledger: { inserted: 1, deleted: 0, rows_after: 11, physical_deletes: 0 },
      published: [expect.stringContaining('raw_shop_items')],
    })
    expect(ran.node('shop').checks).toMatchObject([{ name: 'enough', status: 'fail' }])
    expect(await made.rows(count)).toEqual([{ n: 11 }])
    expect(ran.events.some((event) => event.type === 'rows-reconciled')).toBe(false)
    // Once the source has enough rows, what was undone is done.
    await source.run('insert into items select x, $$b$$ || x, x from generate_series(12, 13) x')
    expect((await made.build(forced)).node('shop')).toMatchObject({
      status: 'success',
      ledger: { inserted: 2, deleted: 2, rows_after: 11 },
    })
  })

  it('stay where a check of the source stops the mark, and the rows that failed are kept', async () => {
    const made = await open('soft-delete')
    const check = '{expression: {name: kept, expression: _deleted_at is null}}'
    await made.write({
      'models/sources.yml': `sources:\n  - name: shop\n    tables:\n      - name: items\n        tests: [${check}]\n`,
    })
    const ran = await made.build(forced)
    expect(ran.node('shop').status).toBe('failed')
    const evidence = await evidenceOf(ran, 'shop.items.kept')
    expect(evidence.map((row) => Object(row).a).toSorted()).toEqual([3, 4])
    expect(await made.rows('select a from raw.raw_shop_items where _deleted_at is not null')).toEqual([])
  })

  it('leave the pipeline partial under skip-and-alert', async () => {
    const made = await open('delete', 'strategy: merge', gate, 'error_handling: {strategy: skip-and-alert}')
    expect((await made.build(forced)).node('shop').status).toBe('partial')
    expect(await made.rows(count)).toEqual([{ n: 11 }])
  })

  it('are compared again when the connection was lost meanwhile', async () => {
    const made = await open(
      'delete',
      'strategy: merge',
      'error_handling: {strategy: retry, max_retries: 1, retry_delay_seconds: 0}',
    )
    let reads = 0
    let flaky: Connector | undefined
    const failingOnce = (connector: Connector): Connector => {
      const keys = connector.keys?.bind(connector)
      return Object.assign(connector, {
        keys(stream: string, columns: readonly string[]) {
          if (reads++ === 0) throw new WaterworksError('WW4201', { message: 'the source went away' })
          return keys!(stream, columns)
        },
      })
    }
    const ran = await made.build({
      change: (context) => ({
        reconcile: true,
        async connect(pipeline) {
          flaky ??= failingOnce(await context.connect(pipeline))
          return flaky
        },
      }),
    })
    expect(reads).toBe(2)
    expect(ran.node('shop')).toMatchObject({ status: 'success', ledger: { inserted: 1, deleted: 2 } })
  })
})
