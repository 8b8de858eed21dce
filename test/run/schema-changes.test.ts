import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { type Ran, RunProject } from '../support/run-project.ts'

describe.each(Object.keys(testEngines))('modes of schema changes on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const pipeline = (modes: string, load = 'strategy: append, nested: tables') => `pipeline:
  name: orders
  extract: {source_system: shop, files: "in/*.ndjson"}
  load: {${load}, schema_changes: ${modes}}
  error_handling: {strategy: dead-letter}
`
  const create = async (modes: string, text: string, load?: string) => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline(modes, load),
      'in/1.ndjson': text,
    })
    expect(await project.build()).toMatchObject({ status: 'success' })
  }
  const next = async (text: string, file = 'in/2.ndjson') => {
    await project.write({ [file]: text })
    return project.build()
  }
  const rows = (columns: string, table = 'orders', order = '1') =>
    project.rows(`select ${columns} from raw.raw_shop_${table} order by ${order}`)
  const reasons = async () =>
    (
      await project.rows('select reason from _waterworks.quarantine where replayed_at is null order by 1')
    ).map((row) => row['reason'])
  const discarded = (ran: Ran) =>
    ran.events.flatMap((event) => (event.type === 'values-discarded' ? event.discarded : []))
  const modeIsNow = (modes: string) => project.write({ 'pipelines/orders.yml': pipeline(modes) })

  it('discard_row of columns quarantines the rows with a value in one, and replays them once it is taken in', async () => {
    await create('{columns: discard_row, removed: evolve}', '{"id": 1, "a": "x"}')
    const ran = await next('{"id": 2, "b": null}\n{"id": 3, "b": 7}\n{"id": 4}')
    expect(ran.node('orders')).toMatchObject({
      status: 'success',
      ledger: { extracted: 3, inserted: 2, rejected: 1 },
    })
    expect(await reasons()).toEqual(['column b: the table has no such column'])
    expect((await project.replay()).node('orders')).toMatchObject({
      status: 'partial',
      ledger: { rejected: 1 },
    })
    await modeIsNow('{removed: evolve}')
    expect((await project.replay()).node('orders')).toMatchObject({
      status: 'success',
      ledger: { inserted: 1 },
    })
    expect(await rows('id, b')).toEqual([
      { id: 1, b: null },
      { id: 2, b: null },
      { id: 3, b: 7 },
      { id: 4, b: null },
    ])
    expect(await reasons()).toEqual([])
  })

  describe('of a list that had no table', () => {
    const first = '{"id": 1, "items": [{"sku": "a"}]}'
    const second = [
      '{"id": 2, "items": [], "fees": [{"n": 1}, {"n": 2, "parts": [{"p": 1}]}]}',
      '{"id": 3, "items": [{"sku": "b"}], "fees": []}',
    ].join('\n')
    const tables = () =>
      project.rows(
        `select table_name as name from information_schema.tables where table_schema = 'raw' order by 1`,
      )
    const without = [{ name: 'raw_shop_orders' }, { name: 'raw_shop_orders__items' }]

    it('evolve makes the table, and that of the list in it', async () => {
      await create('evolve', first)
      expect((await next(second)).node('orders')).toMatchObject({ status: 'success', message: '' })
      expect(await rows('n', 'orders__fees')).toEqual([{ n: 1 }, { n: 2 }])
      expect(await rows('p', 'orders__fees__parts')).toEqual([{ p: 1 }])
    })

    it('freeze holds the load', async () => {
      await create('{tables: freeze}', first)
      expect((await next(second)).node('orders')).toMatchObject({
        status: 'failed',
        message:
          'orders held: the schema changed: the list fees has no table yet, the list fees.parts has no table yet',
        ledger: { held: 2 },
      })
      expect(await tables()).toEqual(without)
    })

    it('discard_value leaves it out, and says how many elements that were', async () => {
      await create('{tables: discard_value}', first)
      const ran = await next(second)
      expect(ran.node('orders')).toMatchObject({
        status: 'success',
        message: '2 elements of fees, 1 element of fees.parts were left out',
        ledger: { extracted: 2, expanded: 1, inserted: 3 },
      })
      expect(discarded(ran)).toEqual([
        { column: 'fees', what: 'elements', count: 2 },
        { column: 'fees.parts', what: 'elements', count: 1 },
      ])
      expect(await tables()).toEqual(without)
      await project.write({ 'in/3.ndjson': '{"id": 4, "items": [], "fees": [{"n": 3}]}' })
      expect(discarded(await project.build())).toEqual([{ column: 'fees', what: 'elements', count: 1 }])
    })

    it('discard_row quarantines its records, which come back with all their lists', async () => {
      await create('{tables: discard_row}', first)
      expect((await next(second)).node('orders').ledger).toMatchObject({
        extracted: 2,
        inserted: 2,
        rejected: 1,
      })
      expect(await reasons()).toEqual(['list fees: there is no table for it'])
      expect(await tables()).toEqual(without)
      await modeIsNow('evolve')
      expect((await project.replay()).node('orders')).toMatchObject({
        status: 'success',
        ledger: { extracted: 1, expanded: 3, inserted: 4 },
      })
      expect(await rows('id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
      expect(await rows('n', 'orders__fees')).toEqual([{ n: 1 }, { n: 2 }])
      expect(
        await project.rows(`select f.n from raw.raw_shop_orders__fees as f
join raw.raw_shop_orders as o on o._row_key = f._root_key where o.id = 2 order by 1`),
      ).toEqual([{ n: 1 }, { n: 2 }])
    })

    it('a list that the pipeline names is expected', async () => {
      await create('freeze', first, 'strategy: append, nested: {as: tables, paths: {fees: tables}}')
      const ran = await next('{"id": 2, "items": [], "fees": [{"n": 1}]}')
      expect(ran.node('orders').status).toBe('success')
      expect(await rows('n', 'orders__fees')).toEqual([{ n: 1 }])
    })
  })

  describe('of a member that the table of a list has no column for', () => {
    const first = '{"id": 1, "items": [{"sku": "a"}]}'
    const second = [
      '{"id": 2, "items": [{"sku": "b", "size": 3}, {"sku": "c"}]}',
      '{"id": 3, "items": [{"sku": "d", "size": null}]}',
    ].join('\n')

    it.each([
      ['freeze', '{columns: freeze}'],
      ['freeze of the list alone', '{streams: {orders__items: {columns: freeze}}}'],
    ])('%s holds the load', async (_, modes) => {
      await create(modes, first)
      expect((await next(second)).node('orders')).toMatchObject({
        status: 'failed',
        message: 'orders held: the schema changed: column items.size is added (bigint)',
      })
    })

    it('discard_value leaves it out', async () => {
      await create('{columns: discard_value}', first)
      const ran = await next(second)
      expect(ran.node('orders')).toMatchObject({
        status: 'success',
        message: '1 value of items.size was left out',
      })
      expect(await rows('sku', 'orders__items')).toEqual(['a', 'b', 'c', 'd'].map((sku) => ({ sku })))
    })

    it('discard_row quarantines the record, which comes back whole', async () => {
      await create('{streams: {orders__items: {columns: discard_row}}}', first)
      const ran = await next(second)
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, expanded: 3, inserted: 2, rejected: 3 })
      expect(await reasons()).toEqual(['column items.size: the table has no such column'])
      await modeIsNow('evolve')
      expect((await project.replay()).node('orders')).toMatchObject({
        status: 'success',
        ledger: { inserted: 3 },
      })
      expect(await rows('sku, size', 'orders__items')).toEqual([
        { sku: 'a', size: null },
        { sku: 'b', size: 3 },
        { sku: 'c', size: null },
        { sku: 'd', size: null },
      ])
    })
  })
})
