import { describe, expect, it } from 'vitest'
import { catalogArtifact } from '../../../src/dbt/artifacts/catalog-artifact.ts'
import { graphSummary } from '../../../src/dbt/artifacts/graph-summary.ts'
import { manifestArtifact, manifestText } from '../../../src/dbt/artifacts/manifest-artifact.ts'
import type { NodeResult } from '../../../src/dbt/artifacts/node-result.ts'
import { runResultsArtifact } from '../../../src/dbt/artifacts/run-results-artifact.ts'
import { semanticManifest } from '../../../src/dbt/artifacts/semantic-manifest.ts'
import { sourcesArtifact } from '../../../src/dbt/artifacts/sources-artifact.ts'
import { targetPath } from '../../../src/dbt/artifacts/target-path.ts'
import { everyKind, sampleManifest, sampleModel, sampleSource } from './sample-manifest.ts'

const started = new Date('2026-01-31T06:00:00.000Z')
const ended = new Date('2026-01-31T06:00:01.250Z')
const invocation = {
  id: '0198f000-0000-7000-8000-000000000000',
  startedAt: started,
  env: { PATH: '/bin', DBT_ENV_CUSTOM_ENV_TEAM: 'data' },
}
const compilation = new Map([
  [
    'model.shop.orders',
    { code: 'select 1 as id', extraCtes: [{ id: 'model.shop.eph', sql: ' eph as (select 1)' }], macros: [] },
  ],
  ['snapshot.shop.history', { code: 'select 2 as id', extraCtes: [], macros: [] }],
  ['test.shop.unique_orders_id', { code: 'select 3 as id', extraCtes: [], macros: [] }],
  ['unit_test.shop.orders.counts', { code: 'select 4 as id', extraCtes: [], macros: [] }],
])
const ran = new Set(['model.shop.orders', 'seed.shop.raw_orders'])
const options = { invocation, generatedAt: ended, compilation }

function result(uniqueId: string, change: Partial<NodeResult> = {}): NodeResult {
  return {
    uniqueId,
    status: 'success',
    timing: [{ name: 'compile', startedAt: started, completedAt: ended }],
    threadId: 'Thread-1 (worker)',
    executionTime: 1.25,
    adapterResponse: { _message: 'OK' },
    message: 'OK',
    failures: null,
    ...change,
  }
}

const golden = (document: unknown, name: string) =>
  expect(`${JSON.stringify(document, undefined, 1)}\n`).toMatchFileSnapshot(`golden/${name}.json.txt`)

it('writes a manifest with a resource of every kind', () =>
  golden(
    manifestArtifact(everyKind(), {
      ...options,
      adapterType: 'duckdb',
      quoting: { database: true, schema: true, identifier: true },
      target: 'target',
      ran,
    }),
    'manifest',
  ))

it('writes the text of a manifest bit by bit, with hooks that ran counted from 1', () => {
  const hook = 'operation.shop.shop-on-run-end-0'
  const kinds = everyKind()
  const tagged = { ...kinds.nodes[hook]!, tags: ['on-run-end'] }
  const manifest = { ...kinds, nodes: { ...kinds.nodes, [hook]: tagged } }
  const whole = {
    ...{ ...options, adapterType: 'duckdb', quoting: { database: true }, target: 'target' },
    ran,
    told: new Set([hook]),
  }
  const text = [...manifestText(manifest, whole)].map((piece) => piece.text).join('')
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(manifestArtifact(manifest, whole))))
  expect(JSON.parse(text)).toHaveProperty(['nodes', hook, 'index'], 1)
})

it('writes whole numbers that JavaScript has no number for, digit by digit', () => {
  const manifest = everyKind()
  const model = manifest.nodes['model.shop.orders']!
  const large = {
    ...model,
    meta: { limit: 2n ** 64n },
    config: { ...model.config, meta: { limit: 2n ** 64n } },
  }
  const whole = {
    ...options,
    adapterType: 'duckdb',
    quoting: {},
    target: 'target',
    ran,
    told: new Set<string>(),
  }
  const pieces = manifestText({ ...manifest, nodes: { ...manifest.nodes, [large.unique_id]: large } }, whole)
  const text = [...pieces].map((piece) => piece.text).join('')
  expect(text).toContain('"limit":18446744073709551616')
})

it('writes the results of a run', () =>
  golden(
    runResultsArtifact(
      everyKind(),
      [
        result('operation.shop.shop-on-run-end-0', { threadId: 'main', failures: 0 }),
        result('model.shop.orders', {
          status: 'partial success',
          batchResults: { successful: [[started, ended]], failed: [] },
        }),
        result('seed.shop.raw_orders', {
          adapterResponse: { _message: 'INSERT 3', code: 'INSERT', rows_affected: 3 },
        }),
        result('test.shop.unique_orders_id', { status: 'fail', failures: 2, message: 'Got 2 results' }),
        result('unit_test.shop.orders.counts', { status: 'pass', failures: 0, message: null }),
        result('snapshot.shop.history', {
          status: 'skipped',
          timing: [],
          executionTime: 0,
          adapterResponse: {},
          message: null,
        }),
        result('exposure.shop.board', { status: 'no-op', message: 'NO-OP' }),
      ],
      { ...options, elapsedTime: 1.5, args: { which: 'build', select: [] } },
    ),
    'run_results',
  ))

it('writes what the warehouse has for the nodes and sources, and nothing else', () =>
  golden(
    catalogArtifact(
      everyKind(),
      [
        table('main', 'ORDERS', 'VIEW'),
        table('raw', 'items', 'BASE TABLE'),
        table('main', 'somebody_elses', 'BASE TABLE'),
        // What an analysis is called is no relation of its own.
        table('main', 'look', 'VIEW'),
      ],
      { ...options, selected: undefined, errors: [] },
    ),
    'catalog',
  ))

it('leaves what was not selected out of the catalogue', () => {
  const found = catalogArtifact(
    everyKind(),
    [table('main', 'orders', 'VIEW'), table('raw', 'items', 'VIEW')],
    {
      ...options,
      selected: new Set(['source.shop.raw.items']),
      errors: ['schema gone'],
    },
  )
  expect(found).toMatchObject({
    nodes: {},
    sources: { 'source.shop.raw.items': {} },
    errors: ['schema gone'],
  })
})

it('writes how fresh sources are, and those whose freshness could not be told', () => {
  const freshness = { warn_after: { count: 1, period: 'hour' }, error_after: null, filter: null } as const
  const source = sampleSource('items', { freshness })
  return golden(
    sourcesArtifact(
      [
        {
          source,
          status: 'warn',
          maxLoadedAt: started.getTime() * 1000 + 7,
          snapshottedAt: ended.getTime() * 1000,
          age: 1.25,
          adapterResponse: { _message: 'OK' },
          timing: [{ name: 'execute', startedAt: started, completedAt: ended }],
          threadId: 'Thread-1 (worker)',
          executionTime: 0.5,
        },
        {
          source: sampleSource('gone'),
          status: 'runtime error',
          message: 'there is no such table',
          executionTime: 0.1,
        },
      ],
      { ...options, elapsedTime: 2 },
    ),
    'sources',
  )
})

it('numbers the graph', () => golden(graphSummary(everyKind(), invocation), 'graph_summary'))

it('writes the semantic layer', () => golden(semanticManifest(everyKind()), 'semantic_manifest'))

it('names the time spine of old for semantic models that rely on it', () => {
  const spine = sampleModel('metricflow_time_spine')
  const configuration = (semantic: boolean) =>
    semanticManifest({
      ...sampleManifest([spine]),
      semantic_models: semantic ? everyKind().semantic_models : {},
    })
  expect(configuration(true)).toMatchObject({
    project_configuration: {
      time_spine_table_configurations: [
        { location: '"warehouse"."main"."metricflow_time_spine"', column_name: 'date_day', grain: 'day' },
      ],
    },
  })
  expect(configuration(false)).toMatchObject({
    project_configuration: { time_spine_table_configurations: [] },
  })
})

describe('the place of a written file', () => {
  const node = {
    package_name: 'shop',
    path: 'staging/orders.sql',
    original_file_path: 'models/staging/orders.sql',
  }

  it.each([
    ['a file of its own', node, undefined, 'target/run/shop/models/staging/orders.sql'],
    [
      'one of several in a file',
      { ...node, path: 'unique_id.sql', original_file_path: 'models/schema.yml' },
      undefined,
      'target/run/shop/models/schema.yml/unique_id.sql',
    ],
    ['a batch', node, '2026-01-31', 'target/run/shop/models/staging/orders/orders_2026-01-31.sql'],
  ])('%s', (_, written, batch, path) => {
    expect(targetPath(written, 'run', 'target', batch)).toBe(path)
  })
})

function table(schema: string, name: string, type: string) {
  return {
    database: 'warehouse',
    schema,
    name,
    type,
    comment: null,
    owner: null,
    columns: [{ name: 'id', type: 'INTEGER', index: 1, comment: 'key' }],
  }
}
