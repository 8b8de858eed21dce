import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let shop: string
beforeAll(async () => {
  shop = await keptCopyOfFixture('shop')
  await writeFile(
    join(shop, 'selectors.yml'),
    'selectors:\n  - name: "{{ env_var(\'SELECTOR\', \'marts\') }}"\n    definition: {method: fqn, value: "*fct_*", children: true}\n',
  )
})
afterAll(() => rm(shop, { recursive: true, force: true }))

const ls = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { code, stdout, stderr } = await waterworks(shop, ['ls', '--output', 'name', ...args], { env })
  return code === 0 ? stdout.trim().split('\n').filter(Boolean) : stderr
}

describe('a selection of the command line', () => {
  it('may be one of selectors.yml', async () => {
    const selected = await ls(['--selector', 'marts', '--resource-type', 'model'])
    expect(selected).toContain('fct_orders')
    expect(selected).toEqual(await ls(['--models', '*fct_*+']))
    expect(selected).toEqual(await ls(['--select', '*fct_*+'], { DBT_RESOURCE_TYPES: 'model' }))
    expect(await ls(['--selector', 'marts'], { SELECTOR: 'other' })).toContain('There are other.')
  })

  it('leaves kinds out', async () => {
    const [all, without] = [await ls([]), await ls(['--exclude-resource-type', 'check', 'source'])]
    expect(without.length).toBeLessThan(all.length)
    expect(without).toContain('fct_orders')
  })

  it('may leave tests alone', async () => {
    expect(await ls(['--select', 'fct_orders', '--indirect-selection', 'empty'])).toEqual(['fct_orders'])
    expect(await ls(['--select', 'fct_orders'], { DBT_INDIRECT_SELECTION: 'empty' })).toEqual(['fct_orders'])
    expect(await ls(['--indirect-selection', 'egaer'])).toContain('Did you mean eager?')
  })

  it('may compare with an earlier run', async () => {
    const metadata = { dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json' }
    const [model] = JSON.parse(
      (await waterworks(shop, ['ls', '--json', '--select', 'fct_orders'])).stdout,
    ).nodes
    await mkdir(join(shop, 'earlier'))
    await writeFile(
      join(shop, 'earlier/run_results.json'),
      JSON.stringify({ metadata, results: [{ unique_id: model.unique_id, status: 'error' }] }),
    )
    const failed = ['--select', 'result:error', '--indirect-selection', 'empty']
    expect(await ls([...failed, '--state', 'earlier'])).toEqual(['fct_orders'])
    expect(await ls(failed, { DBT_STATE: 'earlier' })).toEqual(['fct_orders'])
    expect(await ls(failed)).toContain('WW1304')
    expect(await ls([...failed, '--state', 'elsewhere'])).toContain('There is no folder elsewhere')
  })

  it('takes one way of asking', async () => {
    expect(await ls(['--models', 'a', '--select', 'b'])).toContain('--models does not go with --select')
    expect(await ls(['--selector', 'marts', '--exclude', 'b'])).toContain('--selector says all')
  })
})

describe('what is listed', () => {
  it('may be JSON, one document a line, under another name of the command', async () => {
    const args = ['list', '--select', 'fct_orders', '--resource-type', 'model', '--output', 'json']
    const usual = JSON.parse((await waterworks(shop, args)).stdout)
    expect(usual).toMatchObject({
      name: 'fct_orders',
      resource_type: 'model',
      package_name: usual.unique_id.split('.')[1],
    })
    const keys = ['--output-keys', 'unique_id', 'config.materialized', 'config.nothing', 'nothing']
    const chosen = JSON.parse((await waterworks(shop, [...args, ...keys])).stdout)
    expect(Object.keys(chosen)).toEqual(['unique_id', 'config.materialized'])
  })

  it('says which forms there are', async () => {
    const { code, stderr } = await waterworks(shop, ['ls', '--output', 'yaml'])
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--output takes table, selector, name, path, json'),
    ])
  })
})

it('flags of dbt_project.yml hold where the command line says nothing', async () => {
  const file = join(shop, 'dbt_project.yml')
  const before = await readFile(file, 'utf8').catch(() => 'name: shop\n')
  await writeFile(file, `${before}\nflags:\n  indirect_selection: empty\n`)
  expect(await ls(['--select', 'fct_orders'])).toEqual(['fct_orders'])
  expect((await ls(['--select', 'fct_orders', '--indirect-selection', 'eager'])).length).toBeGreaterThan(1)
})
