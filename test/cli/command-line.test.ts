import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyOfFixture, keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let shop: string

beforeAll(async () => {
  shop = await keptCopyOfFixture('shop')
})

afterAll(() => rm(shop, { recursive: true, force: true }))

describe('the command line', () => {
  test('knows its version, and shows what there is without a command', async () => {
    const [version, overview] = await Promise.all([waterworks(shop, ['--version']), waterworks(shop, [])])
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^waterworks \d+\.\d+\.\d+\n$/) })
    expect(overview.code).toBe(0)
    expect(overview.stdout).toContain('quarantine')
  })

  test.each([
    [['biuld'], /Did you mean `waterworks build`\?/],
    [['help', 'plna'], /Did you mean `waterworks plan`\?/],
    [['constructor'], /there is no command constructor/],
    [['build', '--selct', 'x'], /Did you mean --select\?/],
    [['ls', 'orders'], /ls takes no argument orders/],
    [['quarantine', 'lst'], /Did you mean `waterworks quarantine list`\?/],
    [
      ['sql', '--format', 'xml', 'select 1'],
      /--format takes table, csv, json, ndjson, markdown, parquet, not xml/,
    ],
    [['runs', '--limit', 'many'], /--limit takes a whole number, not many/],
    [['build', '--threads', '0'], /--threads takes a whole number from 1 to 256, not 0/],
    [['check', '--target', 'de'], /Did you mean "dev"\?/],
    [['ls', '--resource-type', 'modle'], /--resource-type of ls takes pipeline, source, model, .*not modle/],
    [['show', 'fct_ordres'], /Did you mean fct_orders\?|nothing has been built/],
  ])('%j exits with 2 and says what was meant', async (args, message) => {
    const ran = await waterworks(shop, args)
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/error WW\d{4}/)
    expect(ran.stderr.replaceAll('\n', ' ')).toMatch(message)
    expect(ran.stderr).not.toMatch(/\n\s+at /)
  })

  test('a broken project exits with 2, with every problem at its line', async () => {
    const folder = await copyOfFixture('shop')
    await writeFile(join(folder, 'models/fct_orders.sql'), "select * from {{ ref('int_order_large') }}\n")
    await writeFile(join(folder, 'models/fct_other.sql'), "select * from {{ source('shop', 'ordres') }}\n")
    const ran = await waterworks(folder, ['check'])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('models/fct_orders.sql:1:')
    expect(ran.stderr).toContain('models/fct_other.sql:1:')
    expect(ran.stderr).toContain('2 errors')
    const json = await waterworks(folder, ['check', '--json'])
    expect(JSON.parse(json.stdout).errors.map((error: { code: string }) => error.code)).toEqual([
      'WW1201',
      'WW1202',
    ])
  })

  test('a folder that is no project exits with 2', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-none-'))
    const ran = await waterworks(folder, ['check'])
    await rm(folder, { recursive: true })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('WW1001')
  })

  test('what reads the warehouse says that nothing was built yet', async () => {
    for (const args of [
      ['sql', 'select 1'],
      ['show', 'fct_orders'],
      ['quarantine', 'show'],
    ]) {
      const ran = await waterworks(shop, args)
      expect(ran.code).toBe(2)
      expect(ran.stderr).toContain('nothing has been built on target dev yet')
      expect(ran.stderr).toContain('waterworks build')
    }
  })
})

describe('a project listed', () => {
  test('without loading an engine, a state store or a driver', async () => {
    const hook = `import { registerHooks } from 'node:module'
registerHooks({ load(url, context, next) {
  if (/node_modules\\/(@duckdb|kysely|pg)/.test(url) || url === 'node:sqlite') process.stderr.write('loaded ' + url + '\\n')
  return next(url, context)
} })`
    const ran = await waterworks(shop, ['ls'], {
      node: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`],
    })
    expect(ran.code).toBe(0)
    expect(ran.stderr).toBe('')
  })

  test('as a table, as names and as a tree', async () => {
    const [table, names, tree] = await Promise.all([
      waterworks(shop, ['ls', '--resource-type', 'pipeline', 'source', 'model']),
      waterworks(shop, ['ls', '--output', 'name', '--select', '+fct_orders', '--exclude', 'tag:daily']),
      waterworks(shop, ['ls', '--tree']),
    ])
    await expect(table.stdout).toMatchFileSnapshot('golden/ls.txt')
    await expect(names.stdout).toMatchFileSnapshot('golden/ls-names.txt')
    await expect(tree.stdout).toMatchFileSnapshot('golden/ls-tree.txt')
  })
})
