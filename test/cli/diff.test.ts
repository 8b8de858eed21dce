import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waterworks } from './support/waterworks.ts'

let folder: string
const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ww-cli-diff-'))
  await write(
    'waterworks.yml',
    'name: shop\ntargets:\n  dev: {type: duckdb, path: .waterworks/dev.duckdb}\n  prod: {type: duckdb, path: .waterworks/prod.duckdb}\ndefault_target: dev\n',
  )
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('diff compares a node with another target’s and with a file, by the key that a test names', async () => {
  await mkdir(join(folder, 'models'))
  await write(
    'models/orders.sql',
    `{{ config(materialized='table') }} select 1 as id, 'x' as name union all select 2, '{{ target.name }}'`,
  )
  await write(
    'models/schema.yml',
    'models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique]\n',
  )
  for (const target of ['dev', 'prod']) {
    expect(await waterworks(folder, ['build', '--target', target, '--quiet'])).toMatchObject({ code: 0 })
  }
  const found = await waterworks(folder, ['diff', 'prod:orders', 'orders'])
  expect(found).toMatchObject({ code: 1, stderr: '' })
  expect(found.stdout).toBe(`A  orders (prod)  2 rows
B  orders (dev)   2 rows

columns  2 in both
rows     1 equal, 1 differ (by id)
values   name: 1 row

id  column  A     B
2   name    prod  dev
`)
  await write('orders.csv', 'id,name\n1,x\n2,dev\n')
  const same = await waterworks(folder, ['diff', 'orders.csv', 'orders', '--json'])
  expect(same.code).toBe(0)
  expect(JSON.parse(same.stdout)).toMatchObject({
    same: true,
    key: ['id'],
    rows: { left: 2, right: 2, equal: 2, changed: 0, only_left: 0, only_right: 0 },
  })
  const unknown = await waterworks(folder, ['diff', 'orders', 'ordrs'])
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('WW5503  target dev has no ordrs'),
  })
})

test('test --golden compares what was built with what is kept, with its tolerances', async () => {
  await mkdir(join(folder, 'golden'))
  await write('golden/orders.csv', 'id,name,amount\n1,x,1.0\n2,dev,2.0\n')
  await write(
    'models/orders.sql',
    `select 1 as id, 'x' as name, 1.004 as amount union all select 2, 'dev', 2`,
  )
  expect(await waterworks(folder, ['build', '--quiet'])).toMatchObject({ code: 0 })
  const differs = await waterworks(folder, ['test', '--golden'])
  expect(differs).toMatchObject({ code: 1, stderr: '1 golden dataset, 1 differs\n' })
  expect(differs.stdout).toContain('differs  orders')
  expect(differs.stdout).toMatch(/1 +amount +1 +1\.004/)
  await write('golden/orders.yml', 'tolerance: {amount: 0.01}\n')
  expect(await waterworks(folder, ['test', '--golden', '--json'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"same": true'),
  })
  await write('golden/orders.yml', 'tolerance: {amount: much}\n')
  expect(await waterworks(folder, ['test', '--golden'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('golden/orders.yml:1:21'),
  })
  await rm(join(folder, 'golden/orders.yml'))
  expect(await waterworks(folder, ['test', '--golden', '--select', 'customers'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no golden dataset is called customers'),
  })
})
