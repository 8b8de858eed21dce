import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waterworks } from './support/waterworks.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-plan-files-'))
  await mkdir(join(folder, 'pipelines'))
  await mkdir(join(folder, 'in'))
  await writeFile(join(folder, 'waterworks.yml'), 'name: shop\n')
  await writeFile(join(folder, 'in/1.csv'), 'id,name,n,day\n1,a,1,2026-01-01\n')
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const modes = (schemaChanges: string) =>
  writeFile(
    join(folder, 'pipelines/orders.yml'),
    `pipeline:
  name: orders
  extract: {source_system: shop, files: in/*.csv}
  load: {strategy: append, schema_changes: ${schemaChanges}}
  error_handling: {strategy: dead-letter}
`,
  )

const plan = async () => {
  const ran = await waterworks(folder, ['plan', '--json'])
  expect(ran).toMatchObject({ code: 0 })
  const { tasks } = JSON.parse(ran.stdout) as { tasks: { schema_changes?: Record<string, unknown>[] }[] }
  return tasks[0]!.schema_changes
}

test('plan shows how waiting files differ from their table, how many rows that concerns and what each mode does', async () => {
  await modes('freeze')
  expect(await waterworks(folder, ['build', '--quiet'])).toMatchObject({ code: 0 })
  expect((await plan()) ?? []).toEqual([])
  await writeFile(join(folder, 'in/2.csv'), 'id,full_name,n,coupon\n2,b,20,\n3,c,many,SPRING\n4,d,more,\n')
  const table = 'raw.raw_shop_orders'
  const renamed = {
    relation: table,
    column: 'name',
    change: 'renamed',
    class: 'map',
    new_name: 'full_name',
    rows: 3,
  }
  expect(await plan()).toMatchObject([
    { ...renamed, holds: 'always' },
    {
      column: 'n',
      change: 'changed',
      class: 'assess',
      from: 'bigint',
      to: 'text',
      rows: 2,
      holds: 'misfits',
    },
    { column: 'day', change: 'removed', class: 'critical', rows: null, holds: 'always' },
    { column: 'coupon', change: 'added', class: 'safe', to: 'text', rows: 1, holds: 'always' },
  ])
  await modes('{columns: discard_row, types: variant, removed: evolve}')
  const shown = await waterworks(folder, ['plan'])
  expect(shown.stdout).toMatch(
    /raw\.raw_shop_orders +assess +column n is changed from bigint to text +2 +stays bigint; values that do not fit go to n__v_text/,
  )
  expect(shown.stdout).toMatch(
    /safe +column coupon is added \(text\) +1 +is left out; rows with a value in it are rejected/,
  )
  // What fits is no change, whatever the file alone would be taken for.
  await writeFile(join(folder, 'in/2.csv'), 'id,name,n,day\n2,20,,\n')
  expect(await plan()).toEqual([])
  // Nothing was loaded meanwhile.
  const rows = await waterworks(folder, ['sql', '--json', `select count(*) as n from ${table}`])
  expect(JSON.parse(rows.stdout)).toMatchObject({ rows: [{ n: 1 }] })
})
