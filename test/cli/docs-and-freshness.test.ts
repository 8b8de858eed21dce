import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waterworks } from './support/waterworks.ts'

let folder: string

const freshness = '{warn_after: {count: 1, period: day}, error_after: {count: 1000000, period: day}}'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-docs-'))
  const files = {
    'waterworks.yml': 'name: shop\n',
    'in/one.csv': 'id,sold_at\n1,2020-01-01T00:00:00\n2,2019-01-01T00:00:00\n',
    'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: shop, table: orders, files: in/*.csv}
  load: {strategy: append}
`,
    'models/sold.sql': "{{ config(materialized='table') }} select id from {{ source('shop', 'orders') }}",
    'models/unbuilt.sql': "{{ config(tags='later') }} select id from {{ ref('sold') }}",
    'models/schema.yml': `models:
  - {name: sold, description: what was sold, columns: [{name: id, description: which}]}
sources:
  - name: shop
    schema: raw
    tables:
      - {name: orders, loaded_at_field: sold_at, freshness: ${freshness}}
      - {name: carefree, identifier: raw_shop_orders}
      - name: asked
        identifier: raw_shop_orders
        loaded_at_query: "select max(sold_at) from {{ this }} where id = 2"
        freshness: ${freshness}
      - {name: gone, loaded_at_field: sold_at, freshness: ${freshness}}
`,
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const ran = await waterworks(folder, ['build', '--exclude', 'tag:later'])
  expect(ran.stderr + ran.stdout).not.toContain('error')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function artifact(path: string) {
  return JSON.parse(await readFile(join(folder, path), 'utf8'))
}

describe('source freshness', () => {
  test('tells the age of each table that says how fresh it has to be, and fails for what cannot be told', async () => {
    const ran = await waterworks(folder, ['source', 'freshness'])
    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/shop\.orders +warn +\d+ days ago +2020-01-01 00:00:00/)
    expect(ran.stdout).toMatch(/shop\.asked +warn +\d+ days ago +2019-01-01 00:00:00/)
    expect(ran.stdout).toMatch(/shop\.gone +runtime error/)
    expect(ran.stdout).not.toContain('carefree')
    const { metadata, results } = await artifact('target/sources.json')
    expect(metadata.dbt_schema_version).toBe('https://schemas.getdbt.com/dbt/sources/v3.json')
    expect(
      Object.fromEntries(results.map((each: Record<string, string>) => [each['unique_id'], each['status']])),
    ).toEqual({
      'source.shop.shop.orders': 'warn',
      'source.shop.shop.asked': 'warn',
    })
  })

  test('looks at what is selected, and writes where it is told to', async () => {
    const file = join(folder, 'elsewhere/found.json')
    const args = ['source', 'freshness', '--select', 'source:shop.orders', '-o', file, '--json']
    const ran = await waterworks(folder, args)
    expect(ran.code).toBe(0)
    const { results } = await artifact('elsewhere/found.json')
    expect(results).toMatchObject([{ status: 'warn', max_loaded_at: '2020-01-01T00:00:00.000000Z' }])
    expect(JSON.parse(ran.stdout).results).toEqual(results)
  })

  test('is what source is for', async () => {
    const ran = await waterworks(folder, ['source', 'status'])
    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('source takes one word, freshness'),
    })
  })
})

describe('docs generate', () => {
  test('writes the manifest with compiled SQL, and the catalogue of what is there', async () => {
    const ran = await waterworks(folder, ['docs', 'generate'])
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain('Not in the warehouse: model.shop.unbuilt, source.shop.shop.gone')
    const { nodes, sources } = await artifact('target/catalog.json')
    expect(Object.keys(nodes)).toEqual(['model.shop.sold'])
    expect(nodes['model.shop.sold']).toMatchObject({
      metadata: { type: 'BASE TABLE', name: 'sold' },
      columns: { id: { index: 1 } },
    })
    expect(Object.keys(sources).toSorted()).toEqual([
      'source.shop.shop.asked',
      'source.shop.shop.carefree',
      'source.shop.shop.orders',
    ])
    const manifest = await artifact('target/manifest.json')
    expect(manifest.nodes['model.shop.sold']).toMatchObject({
      description: 'what was sold',
      columns: { id: { description: 'which' } },
      compiled: true,
      compiled_code: expect.stringContaining('raw_shop_orders'),
    })
  })

  test('asks for what is selected, and compiles nothing, if it is told so', async () => {
    const ran = await waterworks(folder, [
      'docs',
      'generate',
      '--no-compile',
      '--select',
      'source:shop.orders',
      '--json',
    ])
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.stdout)).toMatchObject({ nodes: {}, sources: { 'source.shop.shop.orders': {} } })
    const manifest = await artifact('target/manifest.json')
    expect(manifest.nodes['model.shop.sold']).not.toHaveProperty('compiled')
  })

  test('needs no warehouse for an empty catalogue', async () => {
    await rm(join(folder, '.waterworks'), { recursive: true })
    const ran = await waterworks(folder, ['docs', 'generate', '--empty-catalog'])
    expect(ran.code).toBe(0)
    expect(await artifact('target/catalog.json')).toMatchObject({ nodes: {}, sources: {}, errors: null })
  })
})
