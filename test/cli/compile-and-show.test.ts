import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DbtProject } from './support/dbt-project.ts'

const files = {
  'models/a.sql':
    "select i, 'v' || i as t, cast(i as decimal(10,2)) as d, date '2024-01-01' as day, null as n, i > 2 as b, i * 1.5 as f from range(8) t(i)",
  'models/asks.sql':
    "select * from {{ ref('a') }} where i > {{ run_query('select 3')[0][0] if execute else 0 }}",
}

const A = files['models/a.sql']

async function resultsOf(project: DbtProject): Promise<readonly object[]> {
  return JSON.parse(await readFile(join(project.folder, 'target/run_results.json'), 'utf8')).results
}

describe('compile', () => {
  it('prints what the first word of a selection names, as dbt does', async () => {
    const project = await DbtProject.create(files)
    expect(await project.output(['compile', '-s', 'a', 'asks'])).toBe(`Compiled node 'a' is:\n${A}`)
    expect(await project.output(['compile', '-q', '-s', 'a'])).toBe(A)
    expect(JSON.parse(await project.output(['compile', '-s', 'a', '--output', 'json']))).toEqual({
      node: 'a',
      compiled: A,
    })
    expect(await project.output(['compile'])).toBe('Wrote the SQL of 2 nodes below target/compiled.')
    const refused = await project.run(['compile', '--no-introspect', '-s', 'asks'])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--no-introspect forbids')])
  })

  it('compiles a query of the command line, which has a result and no place in the manifest', async () => {
    const project = await DbtProject.create(files)
    const inline = [
      'compile',
      '--inline',
      "select * from {{ ref('a') }} limit {{ run_query('select 2')[0][0] }}",
    ]
    const code = 'select * from "warehouse"."analytics"."a" limit 2'
    expect(await project.output(inline)).toBe(`Compiled inline node is:\n${code}`)
    expect(await resultsOf(project)).toMatchObject([
      { unique_id: 'sql_operation.shop.inline_query', status: 'success', compiled_code: code },
    ])
    const manifest = JSON.parse(await readFile(join(project.folder, 'target/manifest.json'), 'utf8'))
    expect(Object.keys(manifest.nodes)).toEqual(['model.shop.a', 'model.shop.asks'])
    expect(manifest.child_map['model.shop.a']).toEqual(['model.shop.asks'])
    expect(JSON.parse(await project.output([...inline, '--output', 'json']))).toEqual({ compiled: code })
    const broken = await project.run(['compile', '--inline', "select * from {{ ref('no_such') }}"])
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining('WW1201')])
  })
})

describe('show', () => {
  it('prints rows in dbt’s forms, of queries as they compile', async () => {
    const project = await DbtProject.create(files)
    await project.output(['run'])
    await project.write({ 'models/a.sql': `${A} where i < 7` })
    expect(await project.output(['show', '-s', 'a', '--output', 'text'])).toBe(`Previewing node 'a':
| i | t  | d |        day | n |     b | ... |
| - | -- | - | ---------- | - | ----- | --- |
| 0 | v0 | 0 | 2024-01-01 |   | False | ... |
| 1 | v1 | 1 | 2024-01-01 |   | False | ... |
| 2 | v2 | 2 | 2024-01-01 |   | False | ... |
| 3 | v3 | 3 | 2024-01-01 |   |  True | ... |
| 4 | v4 | 4 | 2024-01-01 |   |  True | ... |`)
    const all = await project.output(['show', '-s', 'a', '--output', 'json', '--limit', '-1'])
    const { node, show } = JSON.parse(all)
    expect([node, show.length, show[3]]).toEqual([
      'a',
      7,
      { i: 3, t: 'v3', d: 3, day: '2024-01-01', n: null, b: true, f: 4.5 },
    ])
    const inline = ['show', '--inline', "select i from {{ ref('asks') }}", '--output', 'json', '--limit', '1']
    expect(JSON.parse(await project.output(inline))).toEqual({ show: [{ i: 4 }] })
    expect(await resultsOf(project)).toMatchObject([{ unique_id: 'sql_operation.shop.inline_query' }])
    expect(
      await project.output(['show', '--inline', 'select {{ run_query("select 6")[0][0] }} as n']),
    ).toContain('6')
  })
})

describe('artefacts', () => {
  it.each([
    ['ls --output name', true],
    ['ls', false],
    ['source freshness', true],
    ['show -s a --output json', true],
    ['show a', false],
  ])('%s leaves a manifest: %s', async (line, leaves) => {
    const project = await DbtProject.create(files)
    await project.output(['run'])
    await rm(join(project.folder, 'target'), { recursive: true })
    await project.output(line.split(' '))
    expect(existsSync(join(project.folder, 'target/manifest.json'))).toBe(leaves)
  })

  it('of an operation that fails say so', async () => {
    const project = await DbtProject.create({
      ...files,
      'macros/fails.sql': "{% macro fails() %}{% do run_query('select no_such') %}{% endmacro %}",
    })
    expect((await project.run(['run-operation', 'fails'])).code).toBe(1)
    expect(await resultsOf(project)).toMatchObject([
      { unique_id: 'macro.shop.fails', status: 'error', failures: 1 },
    ])
  })
})
