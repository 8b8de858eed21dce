import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { csvPipeline, evidenceOf, RunProject } from '../support/run-project.ts'

const PUBLISHED = 'select id, amount from raw.raw_shop_orders order by id'
const NEGATIVE = 'in/orders-2.csv'
const files = { 'in/orders-1.csv': 'id,amount\n1,10\n2,20\n' }
const rejected = { [NEGATIVE]: 'id,amount\n3,-5\n4,40\n' }
const before = [
  { id: 1, amount: 10 },
  { id: 2, amount: 20 },
]
const downstream = {
  'models/totals.sql':
    "{{ config(materialized='table') }} select count(*) as n from {{ source('shop', 'orders') }}",
}

function orders(gates: string, errorHandling: string): Readonly<Record<string, string>> {
  return {
    'pipelines/orders.yml': csvPipeline(
      'orders',
      'append',
      `quality_gates: ${gates}`,
      `error_handling: {strategy: ${errorHandling}, retry_delay_seconds: 0, max_retries: 1}`,
    ),
  }
}

describe.each(Object.keys(testEngines))('gates on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const create = async (...given: readonly Readonly<Record<string, string>>[]) => {
    project = await RunProject.create(test.engine, Object.assign({}, files, downstream, ...given))
    return project
  }
  const checks = (ran: Awaited<ReturnType<RunProject['build']>>, node = 'orders') =>
    ran.node(node).checks.map((check) => [check.name, check.status, check.failures])

  const preLoad = '{pre_load: [{accepted_range: {name: positive, column: amount, min: 0}}]}'

  describe('before the load', () => {
    it.each(['dead-letter', 'skip-and-alert'])(
      '%s puts failing rows into the quarantine',
      async (strategy) => {
        await create(orders(preLoad, strategy))
        await project.build()
        await project.write(rejected)
        const ran = await project.build()
        expect(ran.status).toBe('success')
        expect(ran.node('orders').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1, held: 0 })
        expect(checks(ran)).toEqual([['positive', 'warn', 1]])
        expect(await project.rows(PUBLISHED)).toEqual([...before, { id: 4, amount: 40 }])
        const quarantine = await project.rows(
          'select origin, record, reason, payload from _waterworks.quarantine',
        )
        expect(quarantine).toMatchObject([{ origin: NEGATIVE, reason: 'check positive failed' }])
        expect(JSON.parse(String(quarantine[0]!['payload']))).toEqual({ id: 3, amount: -5 })
        expect(ran.events.find((event) => event.type === 'rows-quarantined')).toMatchObject({
          rows: 1,
          reasons: { 'check positive failed': 1 },
        })
      },
    )

    it.each(['fail-fast', 'retry'])('%s holds the load and keeps what is published', async (strategy) => {
      await create(orders(preLoad, strategy))
      await project.build()
      await project.write(rejected)
      const ran = await project.build()
      expect(ran.status).toBe('failed')
      expect(ran.node('orders').status).toBe('failed')
      expect(ran.node('orders').ledger).toMatchObject({
        extracted: 2,
        held: 2,
        inserted: 0,
        rows_before: 2,
        rows_after: 2,
      })
      expect(ran.node('orders').published).toEqual([])
      expect(checks(ran)).toEqual([['positive', 'fail', 1]])
      expect(ran.node('totals')).toMatchObject({ status: 'skipped' })
      expect(await project.rows(PUBLISHED)).toEqual(before)
      expect(await project.rows('select * from _waterworks.quarantine')).toEqual([])
      expect(await evidenceOf(ran, 'orders.orders.positive')).toMatchObject([{ id: 3, amount: -5 }])
      expect(ran.events.some((event) => event.type === 'load-committed')).toBe(false)
    })

    it('loads what was held once the gate lets it pass', async () => {
      await create(orders(preLoad, 'fail-fast'), rejected)
      expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 4, held: 4 })
      await project.write(orders(preLoad.replace('min: 0', 'min: -9'), 'fail-fast'))
      const ran = await project.build()
      expect(ran.status).toBe('success')
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 4, inserted: 4, rows_after: 4 })
    })

    it('skip-and-alert lets the work downstream go on with the last version', async () => {
      await create(orders(preLoad, 'skip-and-alert'))
      await project.build()
      await project.write(rejected)
      await project.write(orders(preLoad.replace('min: 0', 'min: 0, on_failure: hold'), 'skip-and-alert'))
      const ran = await project.build()
      expect(ran.status).toBe('partial')
      expect(ran.node('orders')).toMatchObject({ status: 'partial', ledger: { held: 2, inserted: 0 } })
      expect(ran.node('totals')).toMatchObject({ status: 'success', rows: 1 })
      expect(await project.rows('select n from analytics.totals')).toEqual([{ n: 2 }])
    })

    it.each(['severity: warn', 'on_failure: warn'])(
      'a gate with %s lets everything pass',
      async (setting) => {
        await create(orders(preLoad.replace('min: 0', `min: 0, ${setting}`), 'fail-fast'), rejected)
        const ran = await project.build()
        expect(ran.status).toBe('success')
        expect(checks(ran)).toEqual([['positive', 'warn', 1]])
        expect(ran.node('orders').ledger).toMatchObject({ inserted: 4, rejected: 0 })
      },
    )

    it('a rule about the load as a whole holds it even where rows are rejected one by one', async () => {
      await create(orders('{pre_load: [{row_count: {name: enough, min: 3}}]}', 'dead-letter'))
      const ran = await project.build()
      expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 2, held: 2 } })
      expect(checks(ran)).toEqual([['enough', 'fail', 1]])
    })
  })

  describe('after the load', () => {
    const postLoad = '{post_load: [{expression: {name: small, expression: amount < 30}}]}'

    it('a failing gate rolls the load back and keeps the rows that failed', async () => {
      await create(orders(postLoad, 'dead-letter'))
      await project.build()
      await project.write(rejected)
      const ran = await project.build()
      expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 2, held: 2 } })
      expect(await evidenceOf(ran, 'orders.orders.small')).toMatchObject([{ id: 4, amount: 40 }])
      expect(await project.rows(PUBLISHED)).toEqual(before)
    })

    it('a failing gate undoes the very first load, table and all', async () => {
      await create(orders(postLoad, 'dead-letter'), rejected)
      const ran = await project.build()
      expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 4, held: 4 } })
      await expect(project.rows(PUBLISHED)).rejects.toThrow('raw_shop_orders')
      expect(await project.rows('select * from _waterworks.loads')).toEqual([])
    })

    it.each(['error', 'warn'])(
      'a gate whose SQL is refused holds the load, at severity %s',
      async (severity) => {
        const broken = `{post_load: [{expression: {name: broken, expression: nothing > 0, severity: ${severity}}}, {not_null: {name: ids, column: id}}]}`
        await create(orders(broken, 'dead-letter'))
        const ran = await project.build()
        expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 2, held: 2 } })
        expect(checks(ran)).toContainEqual(['broken', 'error', 0])
        expect(checks(ran)).toContainEqual(['ids', 'pass', 0])
      },
    )
  })

  it('the rows that failed a gate are kept beside one whose SQL is refused', async () => {
    const both =
      '{post_load: [{expression: {name: broken, expression: nothing > 0}}, {expression: {name: small, expression: amount < 15}}]}'
    await create(orders(both, 'dead-letter'))
    const ran = await project.build()
    expect(ran.node('orders').message).toBe('orders held: checks broken, small failed')
    expect(await evidenceOf(ran, 'orders.orders.small')).toMatchObject([{ id: 2, amount: 20 }])
  })

  it('a gate that breaks on a value holds the load', async () => {
    const breaking =
      '{post_load: [{not_null: {name: ids, column: id}}, {expression: {name: broken, expression: "cast(\'x\' || id as integer) > 0"}}]}'
    await create(orders(breaking, 'dead-letter'))
    const ran = await project.build()
    expect(ran.node('orders')).toMatchObject({ status: 'failed', ledger: { extracted: 2, held: 2 } })
    expect(checks(ran)).toContainEqual(['broken', 'error', 0])
  })

  describe('of models', () => {
    const amounts = (where: string) => ({
      'models/amounts.sql': `{{ config(materialized='table') }} select * from {{ source('shop', 'orders') }} where ${where}`,
      'models/more.sql': "{{ config(materialized='table') }} select * from {{ ref('amounts') }}",
    })
    const check = (severity: string, expression = 'amount < 15') => ({
      'models/schema.yml': `models:\n  - name: amounts\n    tests: [{expression: {name: low, expression: "${expression}", config: {severity: ${severity}}}}]\n`,
    })
    const plain = orders('{}', 'fail-fast')

    it('a failing check keeps the previous version and skips what reads it', async () => {
      await create(plain, amounts('id = 1'), check('error'))
      expect((await project.build()).status).toBe('success')
      await project.write(amounts('true'))
      const ran = await project.build()
      expect(ran.status).toBe('partial')
      expect(ran.node('amounts')).toMatchObject({ status: 'failed', rows: 0, published: [] })
      expect(checks(ran, 'amounts')).toEqual([['low', 'fail', 1]])
      expect(ran.node('more')).toMatchObject({
        status: 'skipped',
        message: 'model.shop.amounts did not succeed',
      })
      expect(ran.node('totals').status).toBe('success')
      expect(await project.rows('select id from analytics.amounts')).toEqual([{ id: 1 }])
      expect(await evidenceOf(ran, 'low')).toMatchObject([{ id: 2, amount: 20 }])
    })

    it('a failing check of the first version leaves nothing behind', async () => {
      await create(plain, amounts('true'), check('error'))
      expect((await project.build()).node('amounts').status).toBe('failed')
      await expect(project.rows('select id from analytics.amounts')).rejects.toThrow('amounts')
    })

    it('a warning does not block', async () => {
      await create(plain, amounts('true'), check('warn'))
      const ran = await project.build()
      expect(ran.status).toBe('success')
      expect(checks(ran, 'amounts')).toEqual([['low', 'warn', 1]])
      expect(await project.rows('select count(*) as n from analytics.more')).toEqual([{ n: 2 }])
    })

    it.each(['error', 'warn'])(
      'a check whose SQL is refused fails its node, at severity %s',
      async (severity) => {
        await create(plain, amounts('true'), check(severity, 'nothing > 0'))
        const ran = await project.build()
        expect(ran.node('amounts').status).toBe('failed')
        expect(checks(ran, 'amounts')).toEqual([['low', 'error', 0]])
        expect(ran.node('more').status).toBe('skipped')
      },
    )

    it.each([
      ['two statements', 'select 1 as a; select 2 as a'],
      ['a COMMIT', 'commit'],
      ['a query and a COMMIT', 'select 1 as a; commit; select 2 as a'],
      ['a write', 'delete from raw.raw_shop_orders'],
    ])('a model of %s is WW5002', async (_, sql) => {
      await create(plain, { 'models/amounts.sql': `{{ config(materialized='table') }} ${sql}` })
      const ran = await project.build()
      expect(ran.node('amounts')).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(/^WW5002 model amounts is not a single query/),
      })
      expect(await project.rows(PUBLISHED)).toEqual(before)
    })
  })
})
