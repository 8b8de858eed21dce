import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeRunArtifacts } from '../../src/cli/compose/run-artifacts.ts'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import type { CheckFinished, TaskFinished } from '../../src/events/event.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { Journal } from '../../src/run/dbt/journal.ts'
import { NodeResults } from '../../src/run/dbt/node-results.ts'
import { everyKind, sampleUnitTest } from '../dbt/artifacts/sample-manifest.ts'

const at = '2026-01-31T06:00:02.000Z'

function task(node: string, change: Partial<TaskFinished> = {}): TaskFinished {
  return {
    type: 'task-finished',
    runId: 'run',
    at,
    node,
    fingerprint: '',
    status: 'success',
    seconds: 1.5,
    rows: 1,
    ledger: undefined,
    message: '',
    published: [],
    ...change,
  }
}

function check(id: string, node: string, change: Partial<CheckFinished> = {}): CheckFinished {
  return {
    type: 'check-finished',
    runId: 'run',
    at,
    check: id,
    node,
    status: 'pass',
    failures: 0,
    message: '',
    seconds: 0.5,
    ...change,
  }
}

const test = 'test.shop.unique_orders_id'
const manifest = {
  ...everyKind(),
  child_map: {
    'model.shop.orders': [test, 'exposure.shop.board'],
    'seed.shop.raw_orders': ['model.shop.orders'],
  },
}

const gated = {
  tasks: [{ node: { uniqueId: 'model.shop.orders' }, gates: [{ uniqueId: test }] }],
} as unknown as Plan

function resultsOf(...events: readonly (TaskFinished | CheckFinished)[]) {
  return resultsWith({}, ...events)
}

function resultsWith(
  { plan, journal = new Journal() }: { readonly plan?: Plan; readonly journal?: Journal },
  ...events: readonly (TaskFinished | CheckFinished)[]
) {
  const results = new NodeResults({ manifest, engine: 'duckdb', journal })
  if (plan !== undefined) results.planned(plan)
  for (const event of events) results.event(event)
  return results.all
}

describe('results in dbt’s words', () => {
  it('are those of nodes, then of the tests that ran with them, with times', () => {
    const found = resultsOf(check(test, 'model.shop.orders'), task('model.shop.orders'))
    expect(found).toMatchObject([
      {
        uniqueId: 'model.shop.orders',
        status: 'success',
        message: 'OK',
        failures: null,
        executionTime: 1.5,
        timing: [
          { name: 'execute', startedAt: new Date('2026-01-31T06:00:00.500Z'), completedAt: new Date(at) },
        ],
      },
      { uniqueId: test, status: 'pass', message: null, failures: 0 },
    ])
  })

  it('say of a test how many rows it found, and what it was set to', () => {
    const failed = check(test, 'model.shop.orders', { status: 'fail', failures: 2 })
    const [model, result] = resultsOf(
      failed,
      task('model.shop.orders', { status: 'failed', message: 'gate failed' }),
    )
    expect(model).toMatchObject({ status: 'error', message: 'gate failed' })
    expect(result).toMatchObject({
      status: 'fail',
      failures: 2,
      message: 'Got 2 results, configured to fail if != 0',
    })
    const [warned] = resultsOf(check(test, test, { status: 'warn', failures: 1 }), task(test))
    expect(warned).toMatchObject({ status: 'warn', message: 'Got 1 result, configured to warn if != 0' })
    const [broken] = resultsOf(check(test, test, { status: 'error', message: 'no such column' }), task(test))
    expect(broken).toMatchObject({ status: 'error', failures: null })
    expect(broken?.message).toMatch(/^Runtime Error in test unique_orders_id \(.+\)\n {2}no such column$/)
  })

  it('say of an error of which kind it is and where, each line below it indented', () => {
    const journal = new Journal()
    const orders = task('model.shop.orders', { status: 'failed', message: 'WW3001 Catalog Error: no table' })
    journal.failed(
      'model.shop.orders',
      new WaterworksError('WW3001', { message: 'Catalog Error: no\ntable' }),
    )
    const [refused] = resultsWith({ journal }, orders)
    expect(refused?.message).toMatch(
      /^Runtime Error in model orders \(.+\)\n {2}Catalog Error: no\n {2}table$/,
    )
    journal.failed('model.shop.orders', new WaterworksError('WW2101', { message: 'not so' }))
    const [raised] = resultsWith({ journal }, orders)
    expect(raised?.message).toMatch(/^Compilation Error in model orders \(.+\)\n {2}not so$/)
  })

  it('have the gates of what was not built as skipped, and no other test', () => {
    const skipped = task('model.shop.orders', { status: 'skipped', message: 'seed failed' })
    expect(resultsOf(skipped)).toMatchObject([{ uniqueId: 'model.shop.orders' }])
    const found = resultsWith({ plan: gated }, skipped)
    expect(found.map(({ uniqueId, status, message }) => [uniqueId, status, message])).toEqual([
      ['model.shop.orders', 'skipped', null],
      [test, 'skipped', null],
    ])
  })

  it('leave out what dbt does not know', () => {
    expect(
      resultsOf(check('pipeline.shop.orders/fresh', 'pipeline.shop.orders'), task('pipeline.shop.orders')),
    ).toEqual([])
  })
})

it('a run leaves dbt’s files in the target folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-artifacts-'))
  try {
    const versioned = sampleUnitTest({ version: 2, original_file_path: 'models/marts/schema.yml' })
    await writeRunArtifacts({
      root,
      artifacts: { folder: 'target', writesJson: true },
      manifest: { ...manifest, unit_tests: { [versioned.unique_id]: versioned } },
      invocation: { id: 'i', startedAt: new Date(at), env: {} },
      adapterType: 'duckdb',
      quoting: {},
      compilation: new Map(
        ['model.shop.orders', 'snapshot.shop.history', 'test.shop.unique_orders_id', versioned.unique_id].map(
          (id) => [id, { code: `-- ${id}`, extraCtes: [], macros: [] }],
        ),
      ),
      statements: new Map([['model.shop.orders', 'create table orders']]),
      results: resultsOf(task('model.shop.orders')),
      elapsedTime: 2,
      args: { which: 'build' },
    })
    const entries = await readdir(join(root, 'target'), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.map((file) => file.slice(root.length + 1)).toSorted()).toEqual([
      'target/compiled/shop/models/marts/schema.yml/models/marts/counts_v2.sql',
      'target/compiled/shop/models/orders.sql',
      'target/compiled/shop/models/schema.yml/unique_orders_id.sql',
      'target/graph_summary.json',
      'target/manifest.json',
      'target/run/shop/models/orders.sql',
      'target/run_results.json',
      'target/semantic_manifest.json',
    ])
    const read = async (file: string) => JSON.parse(await readFile(join(root, 'target', file), 'utf8'))
    const { nodes } = await read('manifest.json')
    expect(nodes['model.shop.orders']).toMatchObject({
      compiled_path: 'target/compiled/shop/models/orders.sql',
      build_path: 'target/run/shop/models/orders.sql',
    })
    const { results } = await read('run_results.json')
    expect(results).toMatchObject([{ unique_id: 'model.shop.orders', compiled_code: '-- model.shop.orders' }])
  } finally {
    await rm(root, { recursive: true })
  }
})

it('a run leaves the code alone that is there already, and writes over what is other', async () => {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-artifacts-'))
  const long = new Date('2020-01-01')
  const leave = async (code: string) => {
    await writeRunArtifacts({
      root,
      artifacts: { folder: 'target', writesJson: true },
      manifest,
      invocation: { id: 'i', startedAt: new Date(at), env: {} },
      adapterType: 'duckdb',
      quoting: {},
      compilation: new Map([['model.shop.orders', { code, extraCtes: [], macros: [] }]]),
      statements: new Map(),
      results: undefined,
      elapsedTime: 2,
      args: {},
    })
    const file = join(root, 'target/compiled/shop/models/orders.sql')
    const found = { text: await readFile(file, 'utf8'), wrote: (await stat(file)).mtimeMs !== long.getTime() }
    await utimes(file, long, long)
    return found
  }
  try {
    expect(await leave('select 1')).toEqual({ text: 'select 1', wrote: true })
    expect(await leave('select 1')).toEqual({ text: 'select 1', wrote: false })
    expect(await leave('select 2')).toEqual({ text: 'select 2', wrote: true })
    expect(await leave('select é')).toEqual({ text: 'select é', wrote: true })
  } finally {
    await rm(root, { recursive: true })
  }
})
