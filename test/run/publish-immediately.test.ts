import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const files = {
  'models/orders.sql': "{{ config(materialized='table') }} select 1 as id, {{ var('amount', 10) }} as amount",
  'models/totals.sql':
    "{{ config(materialized='table') }} select sum(amount) as amount from {{ ref('orders') }}",
  'models/beside.sql': 'select 1 as id',
  'models/schema.yml': `models:
  - name: orders
    columns: [{name: amount, tests: [{accepted_range: {min: 0}}]}]
`,
}

describe.each(Object.keys(testEngines))('publishing at once on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  it('keeps what fails its checks and skips what is downstream, where a gate would have kept the last version', async () => {
    project = await RunProject.create(test.engine, files)
    await project.build({ publish: 'immediately' })
    await project.write({
      'models/orders.sql': files['models/orders.sql'].replace("'amount', 10", "'amount', -1"),
    })
    const gated = await project.build()
    expect([gated.node('orders').status, gated.node('totals').status]).toEqual(['failed', 'skipped'])
    expect(await project.rows('select amount from analytics.orders')).toEqual([{ amount: 10 }])
    const atOnce = await project.build({ publish: 'immediately' })
    expect(atOnce.node('orders').status).toBe('success')
    const check = atOnce.nodes.find(({ node }) => node.includes('accepted_range_orders_amount'))
    expect(check?.status).toBe('failed')
    expect(atOnce.node('totals').status).toBe('skipped')
    expect(atOnce.node('beside').status).toBe('success')
    expect(await project.rows('select amount from analytics.orders')).toEqual([{ amount: -1 }])
  })
})
