import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandTable } from '../../src/cli/command-table.ts'
import { keptCopyOfFixture, type Ran, waterworks } from './support/waterworks.ts'

let shop: string
let built: Ran
let plannedBefore: Ran

beforeAll(async () => {
  shop = await keptCopyOfFixture('shop')
  plannedBefore = await waterworks(shop, ['plan', '--json'])
  built = await waterworks(shop, ['build'])
})

afterAll(() => rm(shop, { recursive: true, force: true }))

/** The parts that differ from run to run. */
function steady(text: string): string {
  return text
    .replace(/ +\d+\.\d\d s/g, '  0.00 s')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<run>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
}

describe('a build', () => {
  test('is summed up for a person within 100 columns', async () => {
    expect(built.code).toBe(0)
    await expect(steady(built.stdout)).toMatchFileSnapshot('golden/build.txt')
    for (const line of built.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    expect(built.stderr).toContain('Running 3 nodes on dev')
  })

  test('was planned with its reasons, and the next one is', async () => {
    expect(plannedBefore.stderr).toBe('')
    const reasons = (text: string): unknown[] =>
      JSON.parse(text).tasks.map((task: { name: string; reason: string; because: string }) => [
        task.name,
        task.reason,
        task.because.replace(/ (just now|.* ago)$/, ''),
      ])
    expect(reasons(plannedBefore.stdout)[0]).toEqual(['shop_orders', 'new node', 'never built on target dev'])
    const after = await waterworks(shop, ['plan', '--json'])
    expect(reasons(after.stdout)[0]).toEqual([
      'shop_orders',
      'asked for',
      'nothing is new since its last success',
    ])
    await writeFile(join(shop, 'data/orders/two.csv'), 'order_id,customer,amount\n7,Gus,70\n')
    const withNews = await waterworks(shop, ['plan', '--json'])
    expect(reasons(withNews.stdout).slice(0, 2)).toEqual([
      ['shop_orders', 'new data', '1 new file'],
      ['stg_shop__orders', 'new data', 'shop_orders (new data) runs before it'],
    ])
    await rm(join(shop, 'data/orders/two.csv'))
  })

  test('can be read: by name, by source, ephemeral, inline, by query from argument, file and stdin', async () => {
    const csv = ['--format', 'csv']
    const rows = async (args: readonly string[], input?: string) => {
      const ran = await waterworks(shop, args, input === undefined ? {} : { input })
      expect(ran).toMatchObject({ code: 0, stderr: '' })
      return ran.stdout.split('\r\n').filter(Boolean)
    }
    expect(await rows(['show', 'fct_orders', ...csv])).toEqual([
      'order_id,customer_name,amount',
      '2,Bela,20',
      '4,Dora,40',
      '6,Fay,60',
    ])
    expect(await rows(['show', 'shop.orders', ...csv, '--limit', '1'])).toHaveLength(2)
    expect(await rows(['show', 'shop_orders', ...csv])).toHaveLength(5)
    expect(await rows(['show', 'int_orders_large', ...csv])).toHaveLength(4)
    expect(await rows(['show', 'main.fct_orders', ...csv])).toHaveLength(4)
    expect(
      await rows(['show', ...csv, '--inline', "select count(*) as n from {{ ref('fct_orders') }}"]),
    ).toEqual(['n', '3'])
    const query = 'select sum(amount) as total from fct_orders;'
    await writeFile(join(shop, 'total.sql'), query)
    expect(await rows(['sql', query, ...csv])).toEqual(['total', '120'])
    expect(await rows(['sql', '--file', 'total.sql', ...csv])).toEqual(['total', '120'])
    expect(await rows(['sql', ...csv], query)).toEqual(['total', '120'])
  })

  test.each([
    'drop table fct_orders',
    'select 1; select 2',
    "copy fct_orders to 'out.csv'",
    'insert into x values (1)',
  ])('cannot be changed by a query: %s', async (query) => {
    const ran = await waterworks(shop, ['sql', query])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('WW6011')
  })

  test('a model that is not built there says how to build it', async () => {
    await writeFile(join(shop, 'models/fct_new.sql'), "select * from {{ ref('fct_orders') }}")
    const ran = await waterworks(shop, ['show', 'fct_new'])
    await rm(join(shop, 'models/fct_new.sql'))
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('model fct_new has not been built on target dev yet')
    expect(ran.stderr).toContain('waterworks build --select +fct_new')
  })

  test('is among the runs, in full with its ledger, as records and as OpenLineage', async () => {
    const list = await waterworks(shop, ['runs'])
    expect(list.stdout).toMatch(/build +success/)
    const one = await waterworks(shop, ['runs', 'last'])
    await expect(steady(one.stdout)).toMatchFileSnapshot('golden/run.txt')
    const records = await waterworks(shop, ['runs', '--records'])
    expect(Object.keys(JSON.parse(records.stdout.split('\n')[0]!))).toEqual([
      'pipeline_name',
      'run_id',
      'started_at',
      'completed_at',
      'status',
      'stage',
      'rows_extracted',
      'rows_transformed',
      'rows_loaded',
      'rows_rejected',
      'quality_checks_passed',
      'quality_checks_failed',
      'duration_seconds',
      'error_message',
      'watermark_before',
      'watermark_after',
    ])
    const events = (await waterworks(shop, ['runs', 'last', '--events'])).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ eventType: 'START', job: { name: 'shop' } })
    expect(events.at(-1)).toMatchObject({ eventType: 'COMPLETE', job: { name: 'shop' } })
    const fact = events.find((event) => event.job.name.endsWith('fct_orders') && event.eventType === 'START')
    expect(fact.inputs.map((input: { name: string }) => input.name)).toEqual(['main.stg_shop__orders'])
    const { run_id } = JSON.parse(records.stdout.split('\n')[0]!)
    expect((await waterworks(shop, ['runs', run_id.slice(-12), '--json'])).stdout).toContain(run_id)
  })

  test('keeps what it keeps out of git', async () => {
    expect((await readFile(join(shop, '.waterworks/.gitignore'), 'utf8')).split('\n')).toContain('*')
  })

  test('leaves a healthy state behind', async () => {
    const ran = await waterworks(shop, ['debug'])
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(/target dev +ok +DuckDB .waterworks\/warehouse.duckdb, v/)
    expect(ran.stdout).toMatch(/target other +ok .*nothing built yet/)
  })
})

describe('every command prints exactly one JSON document with --json', () => {
  const arguments_: Readonly<Record<string, readonly string[]>> = {
    show: ['fct_orders'],
    sql: ['select 1 as one'],
    quarantine: ['list'],
    init: ['sample', '--yes'],
    completion: ['bash'],
    schema: ['pipeline'],
    source: ['freshness'],
    docs: ['generate'],
    'run-operation': ['dbt.type_string'],
    clone: ['--state', 'target'],
    connectors: ['check', 'api.yaml'],
    anomalies: ['--query', `select date '2026-01-01' as day, 1 as n`],
    diff: ['fct_orders', 'fct_orders'],
    privacy: ['log'],
    contracts: ['list'],
  }

  beforeAll(() =>
    writeFile(
      join(shop, 'api.yaml'),
      `version: 6.0.0
type: DeclarativeSource
check: {type: CheckStream, stream_names: [items]}
streams:
  - type: DeclarativeStream
    name: items
    schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {}}}
    retriever:
      type: SimpleRetriever
      requester: {type: HttpRequester, url_base: https://example.org/, path: items}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
`,
    ),
  )

  test.each(Object.keys(commandTable))('%s', async (name) => {
    const ran = await waterworks(shop, [name, ...(arguments_[name] ?? []), '--json'])
    const document: unknown = JSON.parse(ran.stdout)
    expect(document).toBeTypeOf('object')
    expect(ran.code).toBe(0)
  })

  test.each([
    ['runs', ['last']],
    ['runs', ['--records']],
    ['runs', ['--events']],
    ['quarantine', ['show']],
    ['quarantine', ['replay', '--pipeline', 'shop_orders', '--reason', 'no such reason']],
    ['ls', ['--tree']],
    ['sql', ['--format', 'csv', 'select 1 as one']],
  ])('%s %j', async (name, args) => {
    const ran = await waterworks(shop, [name, ...args, '--json'])
    expect(JSON.parse(ran.stdout)).toBeTypeOf('object')
    expect(ran.code).toBe(0)
  })

  test('a mistake on the command line is one as well', async () => {
    const ran = await waterworks(shop, ['build', '--nonsense', '--json'])
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'failed', errors: [{ code: 'WW7001' }] })
    expect(ran.code).toBe(2)
  })
})
