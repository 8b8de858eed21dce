import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const ORDERS = [
  '{"id": 1, "address": {"city": "Oslo", "geo": {"lat": 59.9}}, "items": [{"sku": "a", "qty": 2, "discounts": [{"pct": 1.10}]}, {"sku": "b", "qty": 1}], "tags": ["x", "y"]}',
  '{"id": 2, "address": {"city": "Bergen"}, "items": [], "tags": null}',
  '{"id": 3, "items": [{"sku": "c", "qty": 5, "discounts": [{"pct": 5}, {"pct": 0.1234567890123456789}]}]}',
].join('\n')

describe.each(Object.keys(testEngines))('nested values on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const pipeline = (load: string, ...more: readonly string[]) => `pipeline:
  name: orders
  extract: {source_system: shop, files: "in/*.ndjson"}
  load: {${load}}
${more.map((line) => `  ${line}\n`).join('')}`

  const create = async (text: string, load: string, ...more: readonly string[]) => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline(load, ...more),
      'in/1.ndjson': text,
    })
    return project.build()
  }
  const next = async (text: string, file = 'in/2.ndjson') => {
    await project.write({ [file]: text })
    return project.build()
  }
  const rows = (columns: string, table = 'orders', order = '1') =>
    project.rows(`select ${columns} from raw.raw_shop_${table} order by ${order}`)

  it('objects become columns and lists tables, grandchildren too, with keys that lead back', async () => {
    const ran = await create(ORDERS, 'strategy: merge, merge_keys: id, nested: tables')
    expect(ran.node('orders')).toMatchObject({ status: 'success', message: '' })
    expect(await rows('id, address__city, address__geo__lat')).toEqual([
      { id: 1, address__city: 'Oslo', address__geo__lat: 59.9 },
      { id: 2, address__city: 'Bergen', address__geo__lat: null },
      { id: 3, address__city: null, address__geo__lat: null },
    ])
    expect(
      await project.rows(`select o.id, i._position, i.sku, i.qty from raw.raw_shop_orders__items as i
join raw.raw_shop_orders as o on o._row_key = i._parent_key order by 1, 2`),
    ).toEqual([
      { id: 1, _position: 1, sku: 'a', qty: 2 },
      { id: 1, _position: 2, sku: 'b', qty: 1 },
      { id: 3, _position: 1, sku: 'c', qty: 5 },
    ])
    expect(
      await project.rows(`select o.id, i.sku, d._position as p, d.pct from raw.raw_shop_orders__items__discounts as d
join raw.raw_shop_orders__items as i on i._row_key = d._parent_key
join raw.raw_shop_orders as o on o._row_key = d._root_key order by 1, 3`),
    ).toEqual([
      { id: 1, sku: 'a', p: 1, pct: expect.stringMatching(/^1\.10+$/) },
      { id: 3, sku: 'c', p: 1, pct: expect.stringMatching(/^5\.0+$/) },
      { id: 3, sku: 'c', p: 2, pct: '0.1234567890123456789' },
    ])
    expect(await rows('value, _position', 'orders__tags', 'value')).toEqual([
      { value: 'x', _position: 1 },
      { value: 'y', _position: 2 },
    ])
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 3, expanded: 8, inserted: 11 })
  })

  it('a row that comes again brings its lists again', async () => {
    await create(ORDERS, 'strategy: merge, merge_keys: id, nested: tables')
    const ran = await next('{"id": 1, "items": [{"sku": "z", "qty": 9}]}')
    expect(ran.node('orders')).toMatchObject({ status: 'success', message: '' })
    expect(await rows('sku', 'orders__items')).toEqual([{ sku: 'c' }, { sku: 'z' }])
    expect(await rows('count(*) as n', 'orders__items__discounts')).toEqual([{ n: 2 }])
    expect(await rows('count(*) as n', 'orders__tags')).toEqual([{ n: 0 }])
  })

  it('columns leave lists as JSON, depth says how far, and a path has its own word', async () => {
    await create(
      ORDERS,
      'strategy: append, nested: {as: tables, depth: 1, paths: {tags: json, address: columns}}',
    )
    const [first] = await project.rows('select * from raw.raw_shop_orders where id = 1')
    expect(Object.keys(first ?? {})).toEqual([
      'id',
      'address__city',
      'address__geo',
      'tags',
      '_row_key',
      '_loaded_at',
      '_run_id',
    ])
    expect(JSON.parse(String(first?.['address__geo']))).toEqual({ lat: 59.9 })
    expect(JSON.parse(String(first?.['tags']))).toEqual(['x', 'y'])
    const [item] = await rows('sku, discounts', 'orders__items', 'sku')
    expect(JSON.parse(String(item?.['discounts']))).toEqual([{ pct: 1.1 }])
  })

  it('a value that its column cannot hold takes the whole record to the quarantine, and it comes back whole', async () => {
    await create(
      ORDERS,
      'strategy: merge, merge_keys: id, nested: tables, schema_changes: {types: discard_row}',
      'error_handling: {strategy: dead-letter}',
    )
    const bad = '{"id": 7, "items": [{"sku": "q", "qty": "many"}, {"sku": "r", "qty": 1}]}'
    const ran = await next(`${bad}\n{"id": 8, "items": [{"sku": "s", "qty": 3}]}`)
    expect(ran.node('orders')).toMatchObject({
      status: 'success',
      ledger: { extracted: 2, expanded: 3, inserted: 2, rejected: 3 },
    })
    expect(await project.rows('select reason, payload from _waterworks.quarantine')).toEqual([
      {
        reason: 'column items.qty: cannot be read as bigint',
        payload: expect.stringContaining('many'),
      },
    ])
    expect(await project.rows(`select count(*) as n from raw.raw_shop_orders where id = 7`)).toEqual([
      { n: 0 },
    ])
    expect(await rows('sku', 'orders__items')).toEqual([
      { sku: 'a' },
      { sku: 'b' },
      { sku: 'c' },
      { sku: 's' },
    ])
    expect((await project.replay()).node('orders')).toMatchObject({
      status: 'partial',
      ledger: { rejected: 3 },
    })
    await project.execute(
      'alter table raw.raw_shop_orders__items alter column qty type text using cast(qty as text)',
    )
    expect((await project.replay()).node('orders')).toMatchObject({
      status: 'success',
      ledger: { extracted: 1, expanded: 2, inserted: 3 },
    })
    expect(
      await project.rows(`select i.sku, i.qty, i._position from raw.raw_shop_orders__items as i
join raw.raw_shop_orders as o on o._row_key = i._root_key where o.id = 7 order by 3`),
    ).toEqual([
      { sku: 'q', qty: 'many', _position: 1 },
      { sku: 'r', qty: '1', _position: 2 },
    ])
  })

  it('rows that are filtered or doubles leave their lists out, and the ledger says so', async () => {
    const ran = await create(
      `${ORDERS}\n{"id": 1, "items": [{"sku": "later", "qty": 1}]}`,
      'strategy: merge, merge_keys: id, nested: {paths: {items: tables}}',
      "transform: {stages: [{name: clean, operations: [{filter: 'id <> 3'}]}]}",
    )
    expect(ran.node('orders').ledger).toMatchObject({
      extracted: 4,
      expanded: 7,
      inserted: 3,
      filtered: 4,
      deduplicated: 4,
    })
    expect(await rows('sku', 'orders__items')).toEqual([{ sku: 'later' }])
  })

  it('the same key of a list in two shapes is two columns, and nothing is lost', async () => {
    await create(
      '{"id": 1, "a": {"b": 1}}\n{"id": 2, "a": "text"}\n{"id": 3, "a": [1]}',
      'strategy: append, nested: columns',
    )
    expect(await rows('id, a__b')).toEqual([
      { id: 1, a__b: 1 },
      { id: 2, a__b: null },
      { id: 3, a__b: null },
    ])
    const [two, three] = await project.rows('select a from raw.raw_shop_orders where id > 1 order by id')
    expect([two, three].map((row) => JSON.parse(String(row?.['a'])))).toEqual(['text', [1]])
  })

  it('two names that become one are refused, with both names, also in a later file', async () => {
    const ran = await create('{"Order ID": 1, "orderId": 2}', 'strategy: append, names: snake_case')
    expect(ran.node('orders').message).toContain(
      'WW4451 the names "Order ID" and "orderId" of the source would both be order_id in raw_shop_orders',
    )
    await create('{"Order ID": 1}', 'strategy: append, names: snake_case, schema_changes: evolve')
    expect(await rows('order_id')).toEqual([{ order_id: 1 }])
    const later = await next('{"orderId": 2}')
    expect(later.node('orders')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('the names "Order ID" and "orderId"'),
      ledger: { held: 1 },
    })
    await create('{"order_id": 1}', 'strategy: append, names: snake_case, schema_changes: evolve')
    const plain = await next('{"Order ID": 2}')
    expect(plain.node('orders').message).toContain('the names "order_id" and "Order ID"')
  })

  it('a nested name does not become one with a flat one', async () => {
    const ran = await create('{"id": 1, "a": {"b": 1}, "a__b": 2}', 'strategy: append, nested: columns')
    expect(ran.node('orders').message).toContain('the names "a.b" and "a__b"')
    const lists = await create(
      '{"id": 1, "xs": [{"o": {"p": 1}, "o__p": 2}]}',
      'strategy: append, nested: tables',
    )
    expect(lists.node('orders').message).toContain('would both be o__p in raw_shop_orders__xs')
  })

  it('names longer than the engine takes are shortened, each to its own', async () => {
    const long = 'n'.repeat(70)
    const ran = await create(`{"id": 1, "${long}1": 1, "${long}2": 2}`, 'strategy: append, names: snake_case')
    expect(ran.node('orders')).toMatchObject({ status: 'success' })
    const again = await next(`{"id": 2, "${long}1": 3, "${long}2": 4}`)
    expect(again.node('orders')).toMatchObject({ status: 'success', message: '' })
    const [row] = await project.rows('select * from raw.raw_shop_orders where id = 2')
    expect(Object.keys(row ?? {}).filter((column) => /^n{54}_[0-9a-f]{8}$/.test(column))).toHaveLength(2)
  })

  it('keys that are data are refused rather than made columns of', async () => {
    const members = Array.from({ length: 1200 }, (_, index) => `"k${index}": 1`).join(', ')
    const ran = await create(`{"id": 1, "days": {${members}}}`, 'strategy: append, nested: columns')
    expect(ran.node('orders').message).toContain('WW4452')
  })

  it('models and checks read the tables of lists that are named', async () => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('strategy: append, nested: {paths: {items: tables}}'),
      'in/1.ndjson': ORDERS,
      'models/skus.sql': "select sku from {{ source('shop', 'orders__items') }}",
      'models/sources.yml': `sources:
  - name: shop
    tables: [{name: orders__items, columns: [{name: sku, data_tests: [{accepted_values: {values: [a, b, c]}}]}]}]
`,
    })
    expect((await project.build()).status).toBe('success')
    expect(await project.rows('select count(*) as n from analytics.skus')).toEqual([{ n: 3 }])
    const ran = await next('{"id": 9, "items": [{"sku": "nope", "qty": 1}]}')
    expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { held: 1 } })
    expect(await rows('count(*) as n', 'orders__items')).toEqual([{ n: 3 }])
  })
})
