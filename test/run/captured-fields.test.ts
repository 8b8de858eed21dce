import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const pipeline = (files: string, extract = '', load = 'strategy: append') => `pipeline:
  name: orders
  extract: {source_system: shop, files: "${files}"${extract}}
  load: {${load}}
  error_handling: {strategy: dead-letter}
`

describe.each(Object.keys(testEngines))('fields captured from file names on %s', (name) => {
  const test = suiteEngine(name)

  it('become columns of every row, and tell files of one content apart', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('data/{region}/{day:YYYY-MM-DD}/orders_*.csv'),
      'data/eu/2026-01-31/orders_1.csv': 'id,n\n1,2\n2,x\n',
      'data/us/2026-01-31/orders_1.csv': 'id,n\n1,2\n2,x\n',
      'data/us/2026-02-01/orders_1.csv': 'id,n\n9,9\n',
      'data/us/2026-02-01/orders_2.csv': 'id,n\n9,9\n',
      'data/us/soon/orders_1.csv': 'id,n\n7,7\n',
    })
    const ran = await project.build()
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 5, inserted: 5 })
    expect(
      await project.rows(
        `select id, n, region, cast(day as varchar(10)) as day from raw.raw_shop_orders order by region, day, id`,
      ),
    ).toEqual([
      { id: 1, n: '2', region: 'eu', day: '2026-01-31' },
      { id: 2, n: 'x', region: 'eu', day: '2026-01-31' },
      { id: 1, n: '2', region: 'us', day: '2026-01-31' },
      { id: 2, n: 'x', region: 'us', day: '2026-01-31' },
      { id: 9, n: '9', region: 'us', day: '2026-02-01' },
    ])
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 0 })
  })

  it('stand in the quarantine with their record', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('data/{region}.csv', ', columns: {n: bigint}'),
      'data/eu.csv': 'id,n\n1,2\n2,x\n3\n',
    })
    expect((await project.build()).node('orders').ledger).toMatchObject({ inserted: 1, rejected: 2 })
    const rows = await project.rows('select payload from _waterworks.quarantine order by record')
    expect(rows.map(({ payload }) => JSON.parse(String(payload)))).toEqual([
      { id: '2', n: 'x', region: 'eu' },
      { _raw: '3', region: 'eu' },
    ])
  })

  it('reject every record of a file whose name does not fit the table', async () => {
    const load = 'strategy: append, schema_changes: {types: discard_row}'
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('data/{batch:int}-{id:int}.json', '', load),
      'data/1-1.json': '[{"n": 1}]',
    })
    await project.build()
    await project.write({ 'pipelines/orders.yml': pipeline('data/{batch}-{id:int}.json', '', load) })
    await project.write({ 'data/x-2.json': '[{"n": 2}, {"n": 3}]' })
    expect((await project.build()).node('orders').ledger).toMatchObject({ inserted: 0, rejected: 2 })
    expect(await project.rows('select reason, payload from _waterworks.quarantine order by record')).toEqual([
      { reason: 'column batch: cannot be read as bigint', payload: '{"n":"2","batch":"x","id":"2"}' },
      { reason: 'column batch: cannot be read as bigint', payload: '{"n":"3","batch":"x","id":"2"}' },
    ])
  })

  it('never hide a column of the file', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('data/{ID}.csv'),
      'data/1.csv': 'id,n\n1,2\n',
    })
    expect((await project.build()).node('orders').message).toContain('"ID"')
  })
})
