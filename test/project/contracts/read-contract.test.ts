import { describe, expect, it } from 'vitest'
import { primaryKeyOf } from '../../../src/contracts/contract.ts'
import { renderDiagnostics } from '../../../src/errors/render.ts'
import { read } from './read.ts'
import { FULL, OLD, SHORT } from './texts.ts'

describe('a contract of ODCS 3.1', () => {
  it('is read into one plain shape', () => {
    const { contract, said } = read(FULL)
    expect(said).toEqual([])
    expect(contract).toMatchObject({
      form: 'odcs-3.1',
      name: 'orders',
      version: '1.1.0',
      owner: 'sales-data',
      policy: 'notify-30-days',
      consumers: ['finance', 'crm'],
      notificationChannel: '#orders',
      servers: [{ server: 'warehouse', type: 'postgres', database: 'shop', schema: 'marts' }],
    })
    const [orders] = contract?.objects ?? []
    expect(primaryKeyOf(orders!).map(({ name }) => name)).toEqual(['order_id'])
    expect(orders?.relationships).toMatchObject([{ from: ['customer_id'], to: ['customers.id'] }])
    expect(orders?.quality.map(({ type }) => type)).toEqual(['library', 'library', 'sql', 'text', 'custom'])
    expect(orders?.quality[0]).toMatchObject({ demands: [{ is: 'between', low: 100, high: 120 }] })
    const status = orders?.properties.find(({ name }) => name === 'status')
    expect(status?.options).toEqual({ minLength: 1, maxLength: 20, pattern: '^[a-z]+$' })
    expect(status?.quality[1]).toMatchObject({ unit: 'percent', demands: [{ is: 'less', to: 1 }] })
    expect(orders?.properties.at(-1)?.items?.properties.map(({ name }) => name)).toEqual(['sku'])
    expect(contract?.sla).toMatchObject([
      { property: 'latency', value: 4, unit: 'h', element: 'orders.ordered_at' },
      { property: 'retention', value: 3, unit: 'y' },
    ])
    expect(Object.isFrozen(status?.options)).toBe(true)
  })

  it('has each mistake told at its place, with a remedy', async () => {
    const broken = FULL.replace('status: active', 'statsu: active')
      .replace('physicalType: table', 'physicalTyp: table')
      .replace(
        '{server: warehouse, type: postgres, host: db.example.com, port: 5432, database: shop, schema: marts}',
        '{server: warehouse, type: postgres, host: db.example.com, project: shop}',
      )
      .replace('primaryKeyPosition: 1', 'primaryKeyPosition: first')
      .replace('logicalType: timestamp', 'logicalType: timestmap')
      .replace('minLength: 1,', 'minLength: -1,')
      .replace('minimum: 0,', 'minLength: 0,')
      .replace('mustBeBetween: [120, 100]', 'mustBeBetween: [100, 100]')
      .replace('mustBe: 0, arguments: {properties', 'mustBe: 0, mustNotBe: 1, arguments: {properties')
      .replace('type: text, description', 'type: text, mustBe: 3, description')
      .replace('engine: soda, ', '')
      .replace('value: notify-30-days', 'value: whenever')
      .replace('to: customers.id', 'to: [customers.id]')
    const { problems } = read(broken)
    await expect(`${renderDiagnostics(problems, { color: false })}\n`).toMatchFileSnapshot(
      'golden/mistakes.txt',
    )
  })
})

describe('other forms', () => {
  it('reads the short form of one dataset', () => {
    const { contract, said } = read(SHORT)
    expect(said).toEqual([])
    expect(contract).toMatchObject({ form: 'short', id: 'orders', policy: 'version-bump', status: 'active' })
    const [orders] = contract?.objects ?? []
    expect(orders?.properties).toMatchObject([
      { name: 'order_id', logicalType: 'integer', required: true, unique: true, quality: [] },
      {
        name: 'status',
        logicalType: undefined,
        physicalType: 'varchar(20)',
        quality: [
          { metric: 'invalidValues', arguments: { validValues: ['placed', 'shipped'] } },
          { metric: 'invalidValues', severity: 'warn' },
        ],
      },
      { name: 'amount', classification: undefined },
      { name: 'email', classification: 'email', description: 'Where receipts go.' },
    ])
    expect(contract?.sla).toMatchObject([
      { property: 'latency', value: 24, unit: 'h', element: 'orders.ordered_at' },
      { property: 'availability', value: 99.9 },
      { property: 'supportHours', value: '24x7' },
    ])
  })

  it.each([
    ['an unknown check', SHORT.replace('type: unique', 'type: uniq'), 'WW1007 8:74'],
    ['a check without what it needs', SHORT.replace('params: {min: 0}', 'params: {}'), 'WW1008 14:59'],
    ['no owner', SHORT.replace('  owner: sales-data\n', ''), 'WW1005 1:1'],
    ['a misspelt key', SHORT.replace('notification_channel', 'notify_channel'), 'WW1004 17:3'],
  ])('tells of %s in the short form', (_what, text, start) => {
    expect(read(text).said[0]).toMatch(new RegExp(`^${start} `))
  })

  it('reads 2.2, whose rules are of other tools', () => {
    const { contract, said } = read(OLD)
    expect(contract).toMatchObject({
      form: 'odcs-2.2',
      name: 'orders',
      id: '53581432-6c55-4ba2-a65f-72344a91553a',
    })
    expect(contract?.objects[0]?.properties).toMatchObject([
      { name: 'id', logicalType: 'integer', physicalType: 'bigint', primaryKey: true, required: true },
      { name: 'placed', logicalType: 'timestamp', required: false },
    ])
    expect(said).toEqual(['WW1803 16:9 the rule "NullCheck" is one of Elevate, and is not checked'])
  })

  it('reads 3.0, where rules are named otherwise and other keys may stand beside', () => {
    const text = `apiVersion: v3.0.2
kind: DataContract
id: orders
version: 1.0.0
status: active
team: [{username: ada, role: owner, nickname: al}]
schema:
  - name: orders
    properties:
      - name: id
        logicalType: integer
        logicalTypeOptions: {minimum: 0, exclusiveMinimum: true}
        quality:
          - {rule: duplicateCount, mustBeLessThan: 10, unit: rows}
          - {rule: looksNice}
`
    const { contract, said } = read(text)
    expect(contract).toMatchObject({ form: 'odcs-3.0', name: 'orders', owner: 'ada' })
    const [id] = contract?.objects[0]?.properties ?? []
    expect(id?.options).toEqual({ exclusiveMinimum: 0 })
    expect(id?.quality).toMatchObject([{ metric: 'duplicateValues' }, { type: 'text' }])
    expect(said).toEqual([
      'WW1004 6:37 unknown key "nickname" in team[0]',
      'WW1803 15:20 the rule "looksNice" is none that is known, and is not checked',
    ])
    expect(read(text.replace('v3.0.2', 'v3.1.0')).said.map((one) => one.split(' ', 1)[0])).toContain('WW1004')
  })

  it.each([
    ['no version of the standard', FULL.replace('apiVersion: v3.1.0\n', ''), 'WW1005 1:1'],
    ['one that is not known', FULL.replace('v3.1.0', 'v4.0.0'), 'WW1802 1:13'],
    ['a list', '- apiVersion: v3.1.0\n', 'WW1006 1:1'],
    ['what is no YAML', 'apiVersion: [', 'WW1002'],
  ])('tells of %s', (_what, text, start) => {
    const { contract, said } = read(text)
    expect(contract).toBeUndefined()
    expect(said[0]).toMatch(new RegExp(`^${start}`))
  })
})
