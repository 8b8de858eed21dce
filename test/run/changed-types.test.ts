import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { csvPipeline, RunProject } from '../support/run-project.ts'

const DEAD_LETTER = 'error_handling: {strategy: dead-letter}'

describe.each(Object.keys(testEngines))('values of another type on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const create = async (mode: string, csv: string, strategy = 'append') => {
    const load = `${strategy}, schema_changes: {types: ${mode}, removed: evolve}`
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': csvPipeline('orders', load, DEAD_LETTER),
      'in/orders-1.csv': csv,
    })
    expect(await project.build()).toMatchObject({ status: 'success' })
  }
  const next = async (csv: string, file = 'in/orders-2.csv') => {
    await project.write({ [file]: csv })
    return project.build()
  }
  const rows = (columns: string, table = 'orders') =>
    project.rows(`select ${columns} from raw.raw_shop_${table} order by id`)
  const typeOf = async (column: string, table = 'raw_shop_orders') => {
    const [row] = await project.rows(
      `select lower(data_type) as type from information_schema.columns where table_name = '${table}' and column_name = '${column}'`,
    )
    return String(row?.['type']).replace('varchar', 'text').replace('double precision', 'double')
  }
  const NUMBERS = 'id,a\n1,10\n'
  const MIXED = 'id,a\n2,20\n3,many\n'

  it('evolve makes the column wider, tells it once, and rejects what no wider type holds', async () => {
    await create('evolve', NUMBERS)
    const ran = await next('id,a\n2,1.5\n')
    expect(ran.node('orders')).toMatchObject({ status: 'success', message: '' })
    expect(await typeOf('a')).toBe('double')
    expect(await rows('id, a')).toEqual([
      { id: 1, a: 10 },
      { id: 2, a: 1.5 },
    ])
    const told = ran.events.flatMap((event) => (event.type === 'schema-recorded' ? [event] : []))
    expect(told).toMatchObject([
      { columns: [{}, { name: 'a' }], changes: [{ column: 'a', change: 'changed', from: 'bigint' }] },
    ])
    const mixed = await next(MIXED, 'in/orders-3.csv')
    expect(mixed.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1 })
  })

  it('evolve leaves a column whose values would not stay the same', async () => {
    await create('evolve', 'id,a\n1,9007199254740993\n')
    const ran = await next('id,a\n2,1.5\n3,4\n')
    expect(ran.node('orders').ledger).toMatchObject({ inserted: 1, rejected: 1 })
    expect(await typeOf('a')).toBe('bigint')
  })

  it('text makes the column text once a value does not fit, and not before', async () => {
    await create('text', 'id,a\n1,10\n')
    await next('id,a\n2,\n')
    expect(await typeOf('a')).toBe('bigint')
    const ran = await next(MIXED.replace('2,20', '4,20'), 'in/orders-3.csv')
    expect(ran.node('orders')).toMatchObject({ status: 'success', ledger: { inserted: 2, rejected: 0 } })
    expect(await typeOf('a')).toBe('text')
    expect(await rows('id, a')).toEqual([
      { id: 1, a: '10' },
      { id: 2, a: null },
      { id: 3, a: 'many' },
      { id: 4, a: '20' },
    ])
  })

  it('variant puts the value into a text column beside it, and says so', async () => {
    await create('variant', NUMBERS)
    const ran = await next(MIXED)
    expect(ran.node('orders')).toMatchObject({ status: 'success', message: '1 value is text in a__v_text' })
    expect(await rows('id, a, a__v_text')).toEqual([
      { id: 1, a: 10, a__v_text: null },
      { id: 2, a: 20, a__v_text: null },
      { id: 3, a: null, a__v_text: 'many' },
    ])
    const clean = await next('id,a\n4,40\n', 'in/orders-3.csv')
    expect(clean.node('orders')).toMatchObject({ status: 'success', message: '' })
    expect(clean.events.filter(({ type }) => type === 'schema-changed')).toEqual([])
  })

  it('discard_value leaves the value out, counts it and says so', async () => {
    await create('discard_value', NUMBERS)
    const ran = await next(MIXED)
    expect(ran.node('orders')).toMatchObject({ status: 'success', message: '1 value of a was left out' })
    expect(ran.events.find((event) => event.type === 'values-discarded')).toMatchObject({
      discarded: [{ column: 'a', what: 'values', count: 1 }],
    })
    expect(await rows('id, a')).toMatchObject([{ a: 10 }, { a: 20 }, { a: null }])
  })

  it('a row that is rejected for something else keeps the value in its payload', async () => {
    await create('discard_value', NUMBERS)
    const gate = 'quality_gates: {pre_load: [{not_null: id}]}'
    const load = 'append, schema_changes: {types: discard_value}'
    await project.write({ 'pipelines/orders.yml': csvPipeline('orders', load, DEAD_LETTER, gate) })
    const ran = await next('id,a\n,many\n5,5\n')
    expect(ran.node('orders')).toMatchObject({ message: '', ledger: { inserted: 1, rejected: 1 } })
    const [row] = await project.rows('select payload from _waterworks.quarantine')
    expect(JSON.parse(String(row?.['payload']))).toEqual({ id: null, a: 'many' })
  })

  it('evolve makes columns of nested values wider, and rejects what stays unfit', async () => {
    const pipeline = `pipeline:
  name: orders
  extract: {source_system: shop, files: "in/*.ndjson"}
  load: {strategy: append, nested: tables, schema_changes: evolve}
  ${DEAD_LETTER}
`
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline,
      'in/1.ndjson': '{"id": 1, "size": {"cm": 1}, "items": [{"qty": 2}]}',
    })
    await project.build()
    await project.write({
      'in/2.ndjson': '{"id": 2, "size": {"cm": 1.5}, "items": [{"qty": 2.5}, {"qty": 3}]}',
    })
    expect((await project.build()).node('orders')).toMatchObject({
      status: 'success',
      ledger: { rejected: 0 },
    })
    expect(await rows('id, size__cm')).toMatchObject([{ size__cm: 1 }, { size__cm: 1.5 }])
    expect(await project.rows('select qty from raw.raw_shop_orders__items order by qty')).toEqual([
      { qty: 2 },
      { qty: 2.5 },
      { qty: 3 },
    ])
    await project.write({ 'in/3.ndjson': '{"id": 3, "items": [{"qty": "many"}]}' })
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 1, rejected: 2 })
  })

  it('versions beside the table, and values kept of a column, become wider with it', async () => {
    await create('evolve', 'id,a\n1,10\n', 'scd4, merge_keys: id')
    expect((await next('id,a\n1,1.5\n')).node('orders')).toMatchObject({ status: 'success', message: '' })
    expect([await typeOf('a'), await typeOf('a', 'raw_shop_orders_history')]).toEqual(['double', 'double'])
    await create('evolve', 'id,a\n1,10\n', 'scd3, merge_keys: id, history: {columns: a}')
    expect((await next('id,a\n1,1.5\n')).node('orders')).toMatchObject({ status: 'success', message: '' })
    expect(await rows('a, previous_a')).toEqual([{ a: 1.5, previous_a: 10 }])
  })

  it('a view of the column holds the load where the engine cannot change it below', async () => {
    await create('evolve', NUMBERS)
    await project.execute('create schema if not exists analytics')
    await project.execute('create view analytics.a_view as select a from raw.raw_shop_orders')
    const ran = await next('id,a\n2,1.5\n')
    if (name === 'duckdb') {
      expect(ran.node('orders').status).toBe('success')
      return
    }
    expect(ran.node('orders')).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^orders held: column a of raw_shop_orders cannot become double: /),
      ledger: { held: 1 },
    })
    expect(await typeOf('a')).toBe('bigint')
  })
})
