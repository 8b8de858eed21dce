import { describe, expect, it } from 'vitest'
import type { BatchWork } from '../../src/run/dbt/dbt-work.ts'
import type { Journal } from '../../src/run/dbt/journal.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { type BuildOptions, RunProject } from '../support/run-project.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const events = (bad = 0) => `{{ config(materialized='table', event_time='happened_at') }}
${[1, 2, 3].map((n) => `select ${n} as id, timestamp '2026-01-0${n} 06:00:00' as happened_at, ${n === bad ? "'x'" : "'1'"} as amount`).join('\nunion all\n')}`
const model = `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened_at',
  batch_size='day', begin='2026-01-01') }}
select id, happened_at, cast(amount as integer) as amount, '{{ model.batch.id }}' as batch from {{ ref('events') }}`

describe.each(Object.keys(testEngines))('a microbatch model on %s', (name) => {
  const test = suiteEngine(name)
  let journal: Journal | undefined

  function building(options: BuildOptions, unfinished: BatchWork['unfinished'] = new Map()): BuildOptions {
    const times = { start: undefined, end: day(4), now: day(4) }
    return {
      ...options,
      change: ({ dbt }) => {
        journal = dbt.journal
        return { dbt: { ...dbt, batches: { times, unfinished } } }
      },
    }
  }
  const batchesOf = () => journal?.entries.get('model.shop.by_day')?.batches
  const built = (project: RunProject) => project.rows('select id, batch from analytics.by_day order by id')

  it('is built batch by batch, each of its own time', async () => {
    const project = await RunProject.create(test.engine, {
      'models/events.sql': events(),
      'models/by_day.sql': model,
    })
    for (const publish of ['after_tests', 'immediately'] as const) {
      await project.build(building({ publish }))
      expect(await built(project)).toEqual([
        { id: 1, batch: '20260101' },
        { id: 2, batch: '20260102' },
        { id: 3, batch: '20260103' },
      ])
    }
    // The table is there: only the last batch and the one before it are built again.
    expect(batchesOf()?.successful).toEqual([
      [day(2), day(3)],
      [day(3), day(4)],
    ])
  })

  it('published at once keeps the batches that succeeded, and a retry builds the others', async () => {
    const project = await RunProject.create(test.engine, {
      'models/events.sql': events(2),
      'models/by_day.sql': model,
      'models/below.sql': "select * from {{ ref('by_day') }}",
    })
    const ran = await project.build(building({ publish: 'immediately' }))
    expect([ran.node('by_day').status, ran.node('below').status]).toEqual(['failed', 'skipped'])
    expect((await built(project)).map(({ id }) => id)).toEqual([1, 3])
    const done = batchesOf()!
    expect(done.failed).toEqual([[day(2), day(3)]])
    await project.write({ 'models/events.sql': events() })
    await project.build(building({ publish: 'immediately' }, new Map([['model.shop.by_day', done]])))
    expect((await built(project)).map(({ id }) => id)).toEqual([1, 2, 3])
    expect(batchesOf()).toMatchObject({ failed: [], successful: { length: 3 } })
  })

  it('gated is published with all of its batches, or not', async () => {
    const project = await RunProject.create(test.engine, {
      'models/events.sql': events(2),
      'models/by_day.sql': model,
    })
    expect((await project.build(building({}))).node('by_day').status).toBe('failed')
    const there = await project.rows("select 1 from information_schema.tables where table_name = 'by_day'")
    expect(there).toEqual([])
  })
})
