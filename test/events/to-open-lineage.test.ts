import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/events/event.ts'
import type { OpenLineageRunEvent } from '../../src/events/open-lineage-event.ts'
import { toOpenLineage } from '../../src/events/to-open-lineage.ts'
import { EMPTY_LEDGER } from '../../src/ledger/ledger.ts'
import { runStarted, taskFinished } from '../support/run-events.ts'

const options = {
  namespace: 'duckdb://warehouse',
  producer: 'https://example.org/waterworks/0.1.0',
  job: 'shop',
  relations: (node: string) => ({
    reads: node === 'model.shop.fct' ? ['raw.orders', 'raw.items'] : [],
    writes: [`main.${node.split('.').at(-1)}`],
  }),
}
const runId = '0198f0a0-1234-7abc-8def-0123456789ab'
const at = '2026-01-02T03:04:05.678Z'
const node = 'model.shop.fct'
const tell = (event: Event): OpenLineageRunEvent => {
  const [told, ...more] = toOpenLineage(event, options)
  if (told === undefined || more.length > 0) throw new Error('not one event')
  return told
}

describe('a run', () => {
  test('starts and completes as one job', () => {
    const start = tell(runStarted(runId))
    const end = tell({ type: 'run-finished', runId, at, status: 'partial', seconds: 1 })
    expect(start).toMatchObject({ eventType: 'START', eventTime: at, run: { runId } })
    expect(end).toMatchObject({ eventType: 'COMPLETE', run: { runId }, job: { name: 'shop' } })
    expect(end.job).toEqual(start.job)
    expect(start.schemaURL).toBe('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent')
    expect(tell({ type: 'run-finished', runId, at, status: 'failed', seconds: 1 }).eventType).toBe('FAIL')
  })
})

describe('a task', () => {
  test('is a run of its own under the run, with what it reads and writes', () => {
    expect(tell({ type: 'task-started', runId, at, node, attempt: 1 })).toMatchInlineSnapshot(`
      {
        "eventTime": "2026-01-02T03:04:05.678Z",
        "eventType": "START",
        "inputs": [
          {
            "name": "raw.orders",
            "namespace": "duckdb://warehouse",
          },
          {
            "name": "raw.items",
            "namespace": "duckdb://warehouse",
          },
        ],
        "job": {
          "facets": {
            "jobType": {
              "_producer": "https://example.org/waterworks/0.1.0",
              "_schemaURL": "https://openlineage.io/spec/facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
              "integration": "WATERWORKS",
              "jobType": "TASK",
              "processingType": "BATCH",
            },
          },
          "name": "model.shop.fct",
          "namespace": "duckdb://warehouse",
        },
        "outputs": [
          {
            "name": "main.fct",
            "namespace": "duckdb://warehouse",
          },
        ],
        "producer": "https://example.org/waterworks/0.1.0",
        "run": {
          "facets": {
            "parent": {
              "_producer": "https://example.org/waterworks/0.1.0",
              "_schemaURL": "https://openlineage.io/spec/facets/1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet",
              "job": {
                "name": "shop",
                "namespace": "duckdb://warehouse",
              },
              "root": {
                "job": {
                  "name": "shop",
                  "namespace": "duckdb://warehouse",
                },
                "run": {
                  "runId": "0198f0a0-1234-7abc-8def-0123456789ab",
                },
              },
              "run": {
                "runId": "0198f0a0-1234-7abc-8def-0123456789ab",
              },
            },
          },
          "runId": "0198f0a0-1234-8b9e-b704-d60c2c438cb9",
        },
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      }
    `)
  })

  test('has one id in all its events, a UUID of version 8, and another in another run', () => {
    const ids = [
      tell({ type: 'task-started', runId, at, node, attempt: 1 }),
      tell(taskFinished(runId, node)),
      tell(check('pass')),
    ].map((told) => told.run.runId)
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^0198f0a0-1234-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(tell(taskFinished(runId, 'model.shop.other')).run.runId).not.toBe(ids[0])
    const elsewhere = tell(taskFinished('0198f0a0-1234-7abc-8def-0123456789ac', node))
    expect(elsewhere.run.runId).not.toBe(ids[0])
  })

  test('that is tried again goes on running', () => {
    expect(tell({ type: 'task-started', runId, at, node, attempt: 2 }).eventType).toBe('RUNNING')
  })

  test('that succeeds completes with the rows it wrote', () => {
    const told = tell(taskFinished(runId, node, { published: ['main.fct'], rows: 12 }))
    expect(told.eventType).toBe('COMPLETE')
    expect(told.outputs).toMatchObject([
      { name: 'main.fct', outputFacets: { outputStatistics: { rowCount: 12 } } },
    ])
    expect(told.run.facets).not.toHaveProperty('errorMessage')
    const ledger = { ...EMPTY_LEDGER, physical_inserts: 5 }
    const loaded = tell(taskFinished(runId, node, { published: ['main.fct'], rows: 12, ledger }))
    expect(loaded.outputs[0]?.outputFacets).toMatchObject({ outputStatistics: { rowCount: 5 } })
  })

  test('that publishes several relations does not say how many rows each got', () => {
    const told = tell(taskFinished(runId, node, { published: ['raw.a', 'raw.b'], rows: 12 }))
    expect(told.outputs).toEqual([
      { namespace: options.namespace, name: 'raw.a' },
      { namespace: options.namespace, name: 'raw.b' },
    ])
  })

  test('that fails says why, and wrote nothing', () => {
    const told = tell(taskFinished(runId, node, { status: 'failed', message: 'no such column', rows: 0 }))
    expect(told.eventType).toBe('FAIL')
    expect(told.run.facets).toMatchObject({ errorMessage: { message: 'no such column' } })
    expect(told.outputs).toEqual([{ namespace: options.namespace, name: 'main.fct' }])
  })

  test('that was skipped never ran', () => {
    expect(toOpenLineage(taskFinished(runId, node, { status: 'skipped' }), options)).toEqual([])
  })
})

describe('a check', () => {
  test('is an assertion on what its task writes', () => {
    expect(tell(check('warn')).inputs.at(-1)).toEqual({
      namespace: 'duckdb://warehouse',
      name: 'main.fct',
      inputFacets: {
        dataQualityAssertions: {
          _producer: options.producer,
          _schemaURL:
            'https://openlineage.io/spec/facets/1-1-0/DataQualityAssertionsDatasetFacet.json' +
            '#/$defs/DataQualityAssertionsDatasetFacet',
          assertions: [
            {
              assertion: 'test.shop.not_null_fct_id',
              success: false,
              severity: 'warn',
              description: 'not so in 2 rows: id is never null',
            },
          ],
        },
      },
    })
    expect(tell(check('pass')).eventType).toBe('RUNNING')
    expect(JSON.stringify(tell(check('pass')))).toContain('"success":true')
    expect(toOpenLineage(check('skipped'), options)).toEqual([])
  })
})

test('what lineage has no use for is left out', () => {
  const event: Event = {
    type: 'rows-quarantined',
    runId,
    at,
    node,
    stream: 's',
    rows: 1,
    reasons: { ragged: 1 },
  }
  expect(toOpenLineage(event, options)).toEqual([])
})

function check(status: 'pass' | 'warn' | 'skipped'): Event {
  return {
    type: 'check-finished',
    runId,
    at,
    check: 'test.shop.not_null_fct_id',
    node,
    status,
    failures: 2,
    message: 'not so in 2 rows: id is never null',
    seconds: 0.5,
  }
}
