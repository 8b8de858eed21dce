import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const contract = (name: string, columns: string, rest = '') => `apiVersion: v3.1.0
kind: DataContract
id: ${name}
name: ${name}_v1
version: 1.0.0
status: active
schema:
  - name: ${name}
    properties:
${columns}
${rest}`

const COLUMNS = `      - {name: id, logicalType: integer, primaryKey: true}
      - {name: status, logicalType: string, required: true, quality: [{metric: invalidValues, arguments: {validValues: [placed, shipped]}, mustBe: 0}]}`
const QUALITY = `    quality:
      - {metric: rowCount, mustBeGreaterThan: 1}
      - {metric: duplicateValues, mustBeLessThan: 50, unit: percent, arguments: {properties: [status]}}
      - {type: sql, name: few shipped, query: "select count(*) from {object} where status = 'shipped'", mustBeLessOrEqualTo: 1}
      - {type: sql, name: has placed, query: "select count(*) > 0 from {object} where status = 'placed'", mustBe: true}
`
const model = (...rows: readonly string[]) =>
  `select * from (values ${rows.map((row) => `(${row})`).join(', ')}) as t(id, status)`

describe.each(Object.keys(testEngines))('contracts on %s', (name) => {
  const test = suiteEngine(name)

  it('hold back a model that breaks one, and name it', async () => {
    const project = await RunProject.create(test.engine, {
      'models/orders.sql': model("1, 'placed'", "2, 'shipped'"),
      'contracts/orders.yml': contract('orders', COLUMNS, QUALITY),
    })
    const first = await project.build()
    expect(first.status).toBe('success')
    expect(first.node('orders').checks.map((check) => check.status)).toEqual(Array(9).fill('pass'))
    const broken: readonly [string, readonly string[]][] = [
      [model("1, 'placed'", "1, 'shipped'"), ['unique_id']],
      [model("1, 'placed'", '2, null'), ['not_null_status']],
      [model("1, 'placed'", "2, 'lost'"), ['accepted_values_status']],
      [model("'1', 'placed'", "'2', 'shipped'"), ['schema']],
      [model("1, 'placed'"), ['row_count']],
      [model("1, 'placed'", "2, 'placed'", "3, 'shipped'"), ['duplicate_share_status']],
      [model("1, 'shipped'", "2, 'placed'", "3, 'shipped'"), ['duplicate_share_status', 'few_shipped']],
      [model("1, 'shipped'", '2, null'), ['not_null_status', 'has_placed']],
    ]
    for (const [text, names] of broken) {
      await project.write({ 'models/orders.sql': text })
      const ran = await project.build()
      const failed = ran.node('orders').checks.filter(({ status }) => status === 'fail')
      expect(failed.map((check) => check.name).toSorted()).toEqual(
        names.map((each) => `contract_orders_v1_${each}`).toSorted(),
      )
      expect(ran.node('orders').message).toContain('contract_orders_v1_')
      expect(await project.rows('select count(*) as n from analytics.orders')).toMatchObject([{ n: 2 }])
    }
  })

  it('hold a load that breaks one, and keep its failing rows', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: shop, files: [{path: "in/*.csv"}]}
  load: {strategy: append}
`,
      'contracts/orders.yml': contract('raw_shop_orders', COLUMNS),
      'in/1.csv': 'id,status\n1,placed\n',
    })
    expect((await project.build()).status).toBe('success')
    await project.write({ 'in/2.csv': 'id,status\n2,lost\n' })
    const ran = await project.build({ select: ['contract:raw_shop_orders_v1'] })
    expect(ran.node('orders')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('contract_raw_shop_orders_v1_accepted_values_status failed'),
    })
    expect(await project.rows('select count(*) as n from raw.raw_shop_orders')).toMatchObject([{ n: 1 }])
    expect(readdirSync(ran.evidence).join()).toContain('contract_raw_shop_orders_v1_accepted_values_status')
  })

  it('check references, freshness and retention', async () => {
    const project = await RunProject.create(test.engine, {
      'models/customers.sql': 'select 1 as id',
      'models/orders.sql':
        "select 1 as id, 1 as customer, timestamp '2001-01-01 00:00:00' as placed_at union all select 2, 7, timestamp '2001-01-01 00:00:00'",
      'contracts/shop.yml': `${contract(
        'orders',
        `      - {name: id, logicalType: integer}
      - {name: customer, logicalType: integer, relationships: [{to: customers.id}]}
      - {name: placed_at, logicalType: timestamp}`,
      )}
  - name: customers
    properties: [{name: id, logicalType: integer, unique: true}]
slaProperties:
  - {property: latency, value: 4, unit: h, element: orders.placed_at}
  - {property: retention, value: 3, unit: y, element: orders.placed_at}
`,
    })
    const { checks } = (await project.build()).node('orders')
    const status = (part: string) => checks.find((check) => check.name.includes(part))?.status
    expect(status('relationships')).toBe('fail')
    expect(status('retention')).toBe('fail')
    expect(status('recency')).toBe('warn')
  })
})

it('connect to no server that a contract names', async () => {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { engine, close } = await testEngines['duckdb']!()
  try {
    const project = await RunProject.create(engine, {
      'models/orders.sql': model("1, 'placed'"),
      'contracts/orders.yml': contract('orders', COLUMNS).replace(
        'schema:\n',
        `servers:
  - {server: evil, type: postgres, host: 127.0.0.1, port: ${port}, database: x, schema: main}
  - {server: store, type: s3, location: "s3://bucket/x", endpointUrl: "http://127.0.0.1:${port}"}
  - {server: api, type: api, location: "http://127.0.0.1:${port}/"}
schema:
`,
      ),
    })
    expect((await project.build()).status).toBe('success')
    expect(connections).toBe(0)
  } finally {
    await close()
    server.close()
  }
})
