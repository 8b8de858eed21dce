import { afterEach, describe, expect, it, vi } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { suiteEngine } from '../support/engines.ts'
import { csvPipeline, type Ran, RunProject } from '../support/run-project.ts'

const model = (sql: string) => `{{ config(materialized='table') }} ${sql}`
/** Far longer than a test may take, unless it is interrupted. */
const ENDLESS = {
  duckdb: 'select count(*) as n from range(100000000) a, range(100000000) b',
  postgres: 'select count(*) as n from generate_series(1, 100000000) a, generate_series(1, 100000000) b',
}

/** What was told of tasks, as `+name` at the start and `-name` at the end. */
function tasksOf({ events }: Ran): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'task-started') return [`+${event.node.split('.').at(-1)}`]
    if (event.type === 'task-finished') return [`-${event.node.split('.').at(-1)}`]
    return []
  })
}

describe.each(['duckdb', 'postgres'] as const)('runs on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const create = async (files: Readonly<Record<string, string>>) => {
    project = await RunProject.create(test.engine, files)
  }

  const chain = {
    'models/a.sql': model('select 1 as n'),
    'models/b.sql': model('select 2 as n'),
    'models/c.sql': model("select * from {{ ref('b') }} union all select * from {{ ref('a') }}"),
  }

  it('runs tasks side by side that do not need one another', async () => {
    await create(chain)
    const ran = await project.build({ threads: 2 })
    const told = tasksOf(ran)
    expect(told.slice(0, 2).toSorted()).toEqual(['+a', '+b'])
    expect(told.slice(2, 4).toSorted()).toEqual(['-a', '-b'])
    expect(told.slice(4)).toEqual(['+c', '-c'])
    expect(ran.status).toBe('success')
  })

  it('runs one after another, in the order of the plan, with one thread', async () => {
    await create(chain)
    expect(tasksOf(await project.build({ threads: 1 }))).toEqual(['+a', '-a', '+b', '-b', '+c', '-c'])
  })

  it('--fail-fast starts nothing more, without it what does not depend goes on', async () => {
    await create({ ...chain, 'models/a.sql': model('select nothing as n') })
    const fast = await project.build({ failFast: true })
    expect(fast.status).toBe('failed')
    expect(fast.nodes.map((node) => node.status)).toEqual(['failed', 'skipped', 'skipped'])
    expect(fast.node('b').message).toBe('model.shop.a failed, and --fail-fast was asked for')
    const slow = await project.build()
    expect(slow.status).toBe('partial')
    expect(slow.nodes.map((node) => node.status)).toEqual(['failed', 'success', 'skipped'])
  })

  it('stops at the signal: the running task fails, the others are skipped', async () => {
    await create({ ...chain, 'models/a.sql': model(ENDLESS[name]) })
    const stop = new AbortController()
    const building = project.build({
      signal: stop.signal,
      listener: (event) => {
        if (event.type === 'task-started') setTimeout(() => stop.abort(), 200)
      },
    })
    const ran = await building
    expect(ran.nodes.map((node) => node.status)).toEqual(['failed', 'skipped', 'skipped'])
    expect(ran.node('b').message).toBe('the run was stopped')
  })

  const slowOrders = (seconds: number) => ({
    'pipelines/orders.yml': csvPipeline(
      'orders',
      'append',
      `quality_gates: {post_load: [{expression: {name: slow, expression: "(${ENDLESS[name]}) > 0"}}]}`,
      `error_handling: {strategy: retry, retry_delay_seconds: 0, timeout_seconds: ${seconds}}`,
    ),
    'in/orders-1.csv': 'id\n1\n',
  })

  // The shorter time is over before the first statement runs.
  it.each([0.5, 0.001])(
    'interrupts a pipeline after %s seconds, and does not try it again',
    async (seconds) => {
      await create(slowOrders(seconds))
      const ran = await project.build()
      expect(ran.node('orders')).toMatchObject({
        status: 'failed',
        message: `WW5003 the task took longer than ${seconds} seconds`,
      })
      expect(tasksOf(ran)).toEqual(['+orders', '-orders'])
      await expect(project.rows('select * from raw.raw_shop_orders')).rejects.toThrow('raw_shop_orders')
    },
  )

  it('tries a pipeline again when its source cannot be reached for a while', async () => {
    await create({
      'pipelines/orders.yml': csvPipeline(
        'orders',
        'append',
        'error_handling: {strategy: retry, retry_delay_seconds: 0, max_retries: 2}',
      ),
      'in/orders-1.csv': 'id\n1\n',
    })
    let failures = 2
    const ran = await project.build({
      change: ({ connect }) => ({
        connect: async (pipeline) => {
          if (failures-- > 0) throw new WaterworksError('WW3002', { message: 'not now' })
          return connect(pipeline)
        },
      }),
    })
    expect(tasksOf(ran)).toEqual(['+orders', '+orders', '+orders', '-orders'])
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 1, inserted: 1 })
  })
})

describe('pipelines that have little to say', () => {
  const test = suiteEngine('duckdb')
  let project: RunProject

  afterEach(() => {
    vi.useRealTimers()
  })

  it('one without a source that can be read fails with WW5006', async () => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml':
        'pipeline:\n  name: orders\n  extract: {source_system: shop, strategy: full, query: select 1}\n  load: {strategy: append}\n',
    })
    const ran = await project.build()
    expect(ran.node('orders')).toMatchObject({
      status: 'failed',
      message: 'WW5006 pipeline orders has no source this version can read',
    })
    expect(ran.events.find((event) => event.type === 'pipeline-recorded')?.record).toMatchObject({
      status: 'failed',
      error_message: 'WW5006 pipeline orders has no source this version can read',
    })
  })

  it('one that took longer than its SLA says so, and is a success all the same', async () => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': csvPipeline('orders', 'append', 'sla_minutes: 5'),
      'in/orders-1.csv': 'id\n1\n',
    })
    vi.useFakeTimers({ toFake: ['Date'] })
    const ran = await project.build({
      listener: (event) => {
        if (event.type === 'load-committed') vi.setSystemTime(Date.now() + 7.5 * 60_000)
      },
    })
    expect(ran.node('orders')).toMatchObject({
      status: 'success',
      message: 'took 7.5 minutes, and its SLA is 5',
    })
    expect(ran.status).toBe('success')
  })
})
