import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DbtProject } from './support/dbt-project.ts'

const BROKEN = "select no_such_column from {{ ref('first') }}"
const files = {
  'models/first.sql': "select {{ var('number', 1) }} as id",
  'models/middle.sql': BROKEN,
  'models/last.sql': "select id from {{ ref('middle') }}",
  'models/schema.yml': 'models: [{name: last, columns: [{name: id, data_tests: [unique]}]}]',
}
const MENDED = "select id from {{ ref('first') }}"

const nodesOf = (json: string): readonly string[] =>
  JSON.parse(json).nodes.map((node: { unique_id: string }) => node.unique_id.split('.').at(-1))

it('does what failed, what was skipped and what gates them, called as the run was', async () => {
  const project = await DbtProject.create(files)
  expect((await project.run(['build', '--vars', '{number: 7}'])).code).toBe(1)
  await cp(join(project.folder, 'target'), join(project.folder, 'failed'), { recursive: true })
  expect((await project.run(['retry'])).code).toBe(1)
  await project.write({ 'models/middle.sql': MENDED })
  expect(nodesOf(await project.output(['retry', '--json']))).toEqual(['middle', 'last'])
  expect(await project.rows('select id from analytics.last')).toEqual([{ id: 7 }])
  expect(await project.output(['retry'])).toContain('Nothing to retry')
  // The same run once more, from where it was kept, with another variable.
  const again = ['retry', '--state', 'failed', '--vars', '{number: 8}', '--json']
  expect(nodesOf(await project.output(again))).toEqual(['middle', 'last'])
})

it('does the rest of a run of dbt', async () => {
  const project = await DbtProject.create({ ...files, 'models/middle.sql': MENDED })
  await project.output(['run'])
  const results = [
    ['model.shop.first', 'success'],
    ['model.shop.middle', 'error'],
    ['model.shop.last', 'skipped'],
  ].map(([unique_id, status]) => ({ unique_id, status, batch_results: null }))
  const document = {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      generated_at: '2999-01-01T00:00:00.000000Z',
      invocation_id: 'of-dbt',
    },
    results,
    args: {
      which: 'run',
      select: ['first+'],
      exclude: [],
      vars: {},
      threads: 4,
      partial_parse: true,
      macro_debugging: false,
    },
  }
  await project.write({ 'target/run_results.json': JSON.stringify(document) })
  expect(nodesOf(await project.output(['retry', '--json']))).toEqual(['middle', 'last'])
})

it('needs a run', async () => {
  const project = await DbtProject.create(files)
  expect((await project.run(['retry'])).stderr).toContain('WW5005')
  const { code, stderr } = await project.run(['retry', '--state', 'elsewhere'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('There is no run_results.json in elsewhere')])
})
