import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { waterworks } from './support/waterworks.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-reuse-'))
  const files = {
    'waterworks.yml': 'name: shop\n',
    'in/one.csv': 'id,amount\n1,10\n',
    'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: shop, table: orders, files: in/*.csv}
  load: {strategy: append}
`,
    'models/sold.sql':
      "{{ config(materialized='table') }} select id, amount from {{ source('shop', 'orders') }}",
    'models/totals.sql':
      "{{ config(materialized='table') }} select sum(amount) as amount from {{ ref('sold') }}",
    'models/constant.sql': "{{ config(materialized='table') }} select 1 as n",
    'models/schema.yml': 'models: [{name: sold, columns: [{name: id, tests: [unique]}]}]\n',
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Builds with --reuse; the statuses of nodes by the last part of their names, and the whole output. */
async function build(...flags: readonly string[]) {
  const ran = await waterworks(folder, ['build', '--reuse', '--json', ...flags])
  expect(ran.code).toBe(0)
  const nodes: readonly { readonly unique_id: string; readonly status: string }[] = JSON.parse(
    ran.stdout,
  ).nodes
  return Object.fromEntries(nodes.map((node) => [node.unique_id.split('.')[2], node.status]))
}

const built = { orders: 'success', sold: 'success', totals: 'success', constant: 'success' }

describe('build --reuse', () => {
  test('does what is new and keeps the rest, also the layout of a model aside', async () => {
    expect(await build()).toEqual(built)
    const kept = {
      ...built,
      sold: 'reused',
      totals: 'reused',
      constant: 'reused',
      unique_sold_id: 'reused',
    }
    for (let time = 0; time < 2; time++) expect(await build()).toEqual(kept)
    await writeFile(
      join(folder, 'models/constant.sql'),
      "{{ config(materialized='table') }}\nSELECT 1 AS n -- one\n",
    )
    expect(await build()).toEqual(kept)
    await writeFile(join(folder, 'models/constant.sql'), "{{ config(materialized='table') }} select 2 as n")
    expect(await build()).toEqual({ ...kept, constant: 'success' })
  })

  test('follows new data downstream', async () => {
    await writeFile(join(folder, 'in/two.csv'), 'id,amount\n2,5\n')
    expect(await build()).toEqual({ ...built, constant: 'reused' })
    const shown = await waterworks(folder, ['show', 'totals', '--format', 'csv'])
    expect(shown.stdout).toBe('amount\r\n15\r\n')
  })

  test('makes again a table that is gone', async () => {
    const engine = new DuckDbEngine({ path: join(folder, '.waterworks/warehouse.duckdb') })
    const session = await engine.connect()
    await session.execute('drop table main.totals')
    await session.close()
    await engine.close()
    expect(await build()).toMatchObject({ sold: 'reused', totals: 'success', constant: 'reused' })
  })

  test('keeps an incremental model, and does not trust the clock, the warehouse or a changed macro', async () => {
    const models = {
      growing:
        "{{ config(materialized='incremental') }} select 1 as n {% if is_incremental() %}where false{% endif %}",
      clocked: "{{ config(materialized='table') }} select current_date as day",
      asking:
        "{{ config(materialized='table') }} select {{ run_query('select 1').columns[0].values()[0] if execute }} as n",
      hooked: "{{ config(materialized='table', post_hook='{{ after() }}') }} select 1 as n",
    }
    for (const [name, text] of Object.entries(models)) {
      await writeFile(join(folder, `models/${name}.sql`), text)
    }
    const macro = join(folder, 'macros/after.sql')
    await mkdir(dirname(macro), { recursive: true })
    await writeFile(macro, '{% macro after() %}select 1{% endmacro %}')
    await build()
    const kept = { clocked: 'success', asking: 'success', constant: 'reused' }
    expect(await build()).toMatchObject({ ...kept, growing: 'reused', hooked: 'reused' })
    await writeFile(macro, '{% macro after() %}select 2{% endmacro %}')
    expect(await build()).toMatchObject({ ...kept, growing: 'reused', hooked: 'success' })
  })
})
