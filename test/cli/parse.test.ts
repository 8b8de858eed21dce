import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let shop: string
beforeAll(async () => {
  shop = await keptCopyOfFixture('shop')
})
afterAll(() => rm(shop, { recursive: true, force: true }))

const modified = async (...terms: readonly string[]) => {
  const select = ['--select', ...terms, '--indirect-selection', 'empty']
  const { stdout } = await waterworks(shop, ['ls', '--state', 'earlier', '--output', 'name', ...select])
  return stdout.split('\n').filter(Boolean)
}

it('the manifest that is written is what later changes are compared with', async () => {
  const { code, stdout } = await waterworks(shop, ['parse', '--target-path', 'earlier'])
  expect([code, stdout]).toEqual([0, expect.stringContaining('written to earlier/manifest.json')])
  expect((await readdir(join(shop, 'earlier'))).sort()).toEqual([
    'graph_summary.json',
    'manifest.json',
    'semantic_manifest.json',
  ])
  const { metadata, nodes } = JSON.parse(await readFile(join(shop, 'earlier/manifest.json'), 'utf8'))
  expect(metadata).toMatchObject({
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    adapter_type: 'duckdb',
  })
  expect(Object.values(nodes).map((node) => Reflect.get(Object(node), 'name'))).toContain('fct_orders')
  expect(await modified('state:modified', 'state:new')).toEqual([])

  await appendFile(join(shop, 'models/fct_orders.sql'), '\n-- changed')
  await writeFile(join(shop, 'models/brand_new.sql'), 'select 1 as id')
  expect((await modified('state:modified')).sort()).toEqual(['brand_new', 'fct_orders'])
  expect(await modified('state:modified.configs')).toEqual(['brand_new'])
  expect(await modified('state:new')).toEqual(['brand_new'])
})

it('the folder of dbt_project.yml may be a template', async () => {
  const project = join(shop, 'dbt_project.yml')
  await writeFile(project, `name: shop\ntarget-path: "{{ env_var('MADE_IN', 'made') }}"\n`)
  const first = await waterworks(shop, ['parse'])
  const second = await waterworks(shop, ['parse'], { env: { MADE_IN: 'elsewhere' } })
  expect([first.code, second.code]).toEqual([0, 0])
  expect(await readdir(join(shop, 'made'))).toContain('manifest.json')
  expect(await readdir(join(shop, 'elsewhere'))).toContain('manifest.json')
  await rm(project)
})

it('a mistake in selectors.yml is told, and nothing is written', async () => {
  await writeFile(join(shop, 'selectors.yml'), 'selectors: [{name: a, definition: {tga: b}}]')
  const { code, stderr } = await waterworks(shop, ['parse', '--target-path', 'never'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "tag"?')])
  expect(await readdir(shop)).not.toContain('never')
})
